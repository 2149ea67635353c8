// An element and what is in it, by DOM methods alone: text becomes text, never markup.

/**
 * Return a new element. `attributes` whose value is null, undefined or false are left out, true is an empty one;
 * `children` are nodes, or strings that become text.
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Return the element of the page with this id. */
export const byId = (id) => document.getElementById(id);

/** Return text of the article, set apart from the interface's direction. */
export const quoted = (tag, attributes, text) => element(tag, { lang: "ar", dir: "auto", ...attributes }, text);
