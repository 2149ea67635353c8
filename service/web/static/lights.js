// One attribution of the text lit up: its parts, what stands around it, and its speaker's other mentions.

import { chainOf } from "./paths.js";

/** Light up `attribution` in `place`, or nothing where it is null. */
export function light(place, attribution, attributions) {
  place.classList.toggle("lighting", attribution !== null);
  const byId = new Map(attributions.map((each) => [each.id, each]));
  const around = new Set(attribution ? chainOf(attribution, byId).slice(1).map(({ id }) => String(id)) : []);
  const chosen = attribution && String(attribution.id);
  for (const part of place.querySelectorAll(".part")) {
    const { attribution: id, speaker } = part.dataset;
    part.classList.toggle("lit", attribution !== null && (id === chosen || (speaker !== undefined && speaker === attribution.speaker?.id)));
    part.classList.toggle("around", around.has(id));
    if (part.dataset.head !== undefined) mark(part, id === chosen);
  }
}

function mark(head, isChosen) {
  if (isChosen) head.setAttribute("aria-current", "true");
  else head.removeAttribute("aria-current");
}
