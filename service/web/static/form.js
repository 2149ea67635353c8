// What is asked: the article, what is known about it, and the key.

import { byId } from "./element.js";
import { codePoints } from "./spans.js";

const KNOWN = ["title", "outlet", "url"];

/** Return the article as the API takes it; what is left empty is left out. */
export function articleOf() {
  const known = KNOWN.map((name) => [name, byId(name).value.trim()]).filter(([, value]) => value !== "");
  return { text: byId("text").value, ...Object.fromEntries(known) };
}

/** Put a text into the form, what was known of another one taken out. */
export function fill(text) {
  byId("text").value = text;
  for (const name of KNOWN) byId(name).value = "";
}

/** Fetch a sample that comes with the page. */
export async function sample(name) {
  const response = await fetch(new URL(`samples/${name}.txt`, import.meta.url));
  return (await response.text()).trimEnd();
}

/** Return the key; it is kept in its field and nowhere else. */
export const key = () => byId("key").value.trim();

/** Have the key asked for. */
export function askForKey() {
  byId("key-field").hidden = false;
  byId("key").focus();
}

/** Tell how long the text is, where it is longer than half of what is allowed. */
export function tellLength(words) {
  const most = mostChars();
  const n = codePoints(byId("text").value).length;
  byId("length").textContent = n > most / 2 ? words.say("length", { n, most }) : "";
  byId("length").classList.toggle("over", n > most);
}

/** Return how many code points the service takes. */
export const mostChars = () => Number(document.body.dataset.mostChars);
