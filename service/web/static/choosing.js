// Pointing, tapping and typing in the text, told as two choices: what is shown for the moment, and what stays.

const STEPS = { ArrowDown: 1, ArrowUp: -1, ArrowLeft: 1, ArrowRight: -1 }; // the text runs to the left

/**
 * Have the text of `place` tell which attribution's id is pointed at or focused (`show`, null for none), and which is pinned by which element
 * (`pin`).
 * The attributions are one stop of the Tab key; arrows, Home and End move among them.
 */
export function listen(place, { show, pin }) {
  place.addEventListener("pointerover", (event) => event.pointerType !== "touch" && show(idAt(event.target)));
  place.addEventListener("pointerleave", () => show(null));
  place.addEventListener("click", (event) => pin(idAt(event.target), event.target));
  place.addEventListener("focusin", (event) => {
    stop(place, event.target);
    // A finger's focus comes before its click: a card that opened under it by then would take the click.
    if (event.target.matches(":focus-visible")) show(idAt(event.target));
  });
  place.addEventListener("focusout", () => show(null));
  place.addEventListener("keydown", (event) => pressed(event, place, pin));
}

/** Make one head of `place` the stop of the Tab key. */
export function stop(place, head = headsOf(place)[0]) {
  for (const each of headsOf(place)) each.tabIndex = each === head ? 0 : -1;
}

const headsOf = (place) => [...place.querySelectorAll("[data-head]")];

/** Return the id of the innermost attribution at an element, null outside all. */
function idAt(target) {
  const part = target.closest("[data-attribution]");
  return part ? Number(part.dataset.attribution) : null;
}

function pressed(event, place, pin) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.dataset.head === undefined) return;
  const heads = headsOf(place);
  const at = heads.indexOf(event.target);
  if (event.key === "Enter" || event.key === " ") pin(idAt(event.target), event.target);
  else if (event.key in STEPS) heads[at + STEPS[event.key]]?.focus();
  else if (event.key === "Home") heads[0].focus();
  else if (event.key === "End") heads.at(-1).focus();
  else return;
  event.preventDefault();
}
