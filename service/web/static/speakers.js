// Everyone quoted: name, roles, how often; each a switch that shows him alone.

import { element, quoted } from "./element.js";

/** Draw the speakers into `place`, most quoted first; `toggle` is called with the id of the one pressed. */
export function drawSpeakers(place, { speakers, shown, chosen, words, toggle }) {
  if (speakers.length === 0) {
    place.replaceChildren(element("li", { class: "hint" }, words.say("speakers_none")));
    return;
  }
  const most = Math.max(...speakers.map(({ attributions }) => attributions.length));
  const sorted = speakers.toSorted((one, other) => other.attributions.length - one.attributions.length);
  const pressed = place.contains(document.activeElement) ? document.activeElement.dataset.speaker : null;
  place.replaceChildren(...sorted.map((speaker) => drawSpeaker(speaker, { most, shown, chosen, words, toggle })));
  if (pressed) place.querySelector(`[data-speaker="${CSS.escape(pressed)}"]`)?.focus();
}

function drawSpeaker(speaker, { most, shown, chosen, words, toggle }) {
  const all = speaker.attributions.length;
  const visible = speaker.attributions.filter((id) => shown.has(id)).length;
  const count = visible === all ? words.say("said", { n: all }) : words.say("said_shown", { n: visible, all });
  const button = element(
    "button",
    { type: "button", "data-speaker": speaker.id, "aria-pressed": String(chosen.has(speaker.id)) },
    quoted("strong", {}, speaker.name),
    speaker.roles.length > 0 ? quoted("span", { class: "role" }, speaker.roles.join("، ")) : null,
    element("span", { class: "tally" }, element("span", { class: "kind" }, words.say(`speaker_${speaker.type}`)), element("span", { class: "count" }, count)),
    element("progress", { class: "share", max: most, value: all, "aria-hidden": "true" }),
  );
  button.addEventListener("click", () => toggle(speaker.id));
  return element("li", {}, button);
}
