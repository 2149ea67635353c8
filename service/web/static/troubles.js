// What went wrong, told in the interface's language.

import { element } from "./element.js";
import { mostChars } from "./form.js";

/** Draw a trouble into `place`, or nothing where it is null. */
export function drawTrouble(place, trouble, words) {
  place.hidden = trouble === null;
  if (trouble === null) {
    place.replaceChildren();
    return;
  }
  const said = [words.say(`trouble_${trouble.kind}`, { most: mostChars() })];
  if (trouble.seconds !== null) said.push(words.say("retry_after", { n: trouble.seconds }));
  const details = trouble.details.map(({ field, detail }) => element("li", {}, words.say(field), ": ", element("bdi", { lang: "en" }, detail)));
  place.replaceChildren(
    element("p", {}, said.join(" ")),
    details.length > 0 ? element("ul", {}, ...details) : "",
    trouble.requestId ? element("p", { class: "hint" }, words.say("request_id", { id: trouble.requestId })) : "",
  );
}
