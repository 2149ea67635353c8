// One attribution told in full: who, in which role, by which words, how sure, and the way it came.

import { element, quoted } from "./element.js";
import { drawPath } from "./figure.js";
import { pathOf } from "./paths.js";

/** Draw `attribution` into `place`; an invitation where it is null. `close` is called by the card's button, which it has where it stays. */
export function drawCard(place, attribution, attributions, words, close) {
  place.classList.toggle("open", attribution !== null);
  if (attribution === null) {
    place.replaceChildren(element("p", { class: "invitation" }, words.say("card_empty")));
    return;
  }
  place.replaceChildren(
    close ? closing(words, close) : "",
    who(attribution, words),
    element("p", { class: "tags" }, ...tags(attribution, words)),
    quoted("blockquote", { class: "said" }, attribution.content.text),
    ...nesting(attribution, attributions, words),
    element("h3", {}, words.say("chain")),
    drawPath(pathOf(attribution, attributions), words),
    facts(attribution, words),
  );
}

/** Scroll so far that the card, where it lies over the page's lower edge, does not cover `part`. */
export function uncover(card, part) {
  const covered = part.getBoundingClientRect().bottom - card.getBoundingClientRect().top;
  if (card.checkVisibility() && getComputedStyle(card).position === "fixed" && covered > 0) scrollBy(0, covered + part.offsetHeight);
}

function closing(words, close) {
  const button = element("button", { type: "button", class: "close", "aria-label": words.say("close") }, "×");
  button.addEventListener("click", close);
  return button;
}

function who({ speaker }, words) {
  if (!speaker) return element("p", { class: "who" }, words.say("unknown_speaker"));
  return element("p", { class: "who" }, quoted("strong", {}, speaker.name), speaker.role && quoted("span", { class: "role" }, speaker.role));
}

function tags({ type, construction, speaker }, words) {
  const said = [`type_${type}`, `construction_${construction}`, speaker && `speaker_${speaker.type}`].filter(Boolean);
  return said.flatMap((key) => [element("span", { class: "tag" }, words.say(key)), " "]);
}

function nesting({ id, parent }, attributions, words) {
  const outer = attributions.find((each) => each.id === parent);
  const inner = attributions.filter((each) => each.parent === id).length;
  const name = outer && (outer.speaker?.name ?? words.say("unknown_speaker"));
  return [outer && words.say("within", { name }), inner > 0 && words.say("holds", { n: inner })]
    .filter(Boolean)
    .map((text) => element("p", { class: "nesting" }, text));
}

function facts({ rule, speaker, cue, confidence }, words) {
  const rows = [
    ["part_cue", cue && quoted("span", {}, cue.text)],
    ["rule", element("code", { dir: "ltr" }, rule)],
    ["resolution", speaker && words.say(`resolution_${speaker.resolution}`)],
    ["sure", words.percent(confidence)],
  ];
  const shown = rows.filter(([, value]) => value);
  return element("dl", {}, ...shown.flatMap(([key, value]) => [element("dt", {}, words.say(key)), element("dd", {}, value)]));
}
