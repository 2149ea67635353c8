// Which attributions are shown: by speaker, type, construction and least confidence.

import { element } from "./element.js";

/** What is chosen; an empty set of a kind lets every one of that kind through. */
export const noFilters = () => ({ speaker: new Set(), type: new Set(), construction: new Set(), confidence: 0 });

/** Tell whether an attribution is let through. */
export function passes(attribution, filters) {
  const admits = (kind, value) => filters[kind].size === 0 || filters[kind].has(value);
  return (
    admits("speaker", attribution.speaker?.id ?? null) &&
    admits("type", attribution.type) &&
    admits("construction", attribution.construction) &&
    attribution.confidence >= filters.confidence
  );
}

/** Tell whether anything is filtered at all. */
export const filtering = ({ speaker, type, construction, confidence }) => speaker.size + type.size + construction.size > 0 || confidence > 0;

/** Return the set with `value` put in, or taken out where it was. */
export function toggled(set, value) {
  const changed = new Set(set);
  if (!changed.delete(value)) changed.add(value);
  return changed;
}

/** Draw the controls for these attributions into `place`; `change` is called with the part of the filters that changed. */
export function drawFilters(place, { attributions, filters, words, change }) {
  const drawing = { attributions, filters, words, change };
  place.replaceChildren(drawGroup("type", drawing), drawGroup("construction", drawing), drawConfidence(drawing), drawReset(place, drawing));
}

function drawGroup(kind, { attributions, filters, words, change }) {
  const counts = new Map();
  for (const attribution of attributions) counts.set(attribution[kind], (counts.get(attribution[kind]) ?? 0) + 1);
  const boxes = [...counts.keys()].map((value) => element("input", { type: "checkbox", name: kind, value, checked: filters[kind].has(value) }));
  const chosen = () => new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value));
  const chips = boxes.map((box) => {
    box.addEventListener("change", () => change({ [kind]: chosen() }));
    const count = element("b", {}, words.shown(counts.get(box.value)));
    return element("label", { class: "chip" }, box, element("span", {}, words.say(`${kind}_${box.value}`), " ", count));
  });
  return element("fieldset", {}, element("legend", {}, words.say(kind)), element("div", { class: "chips" }, ...chips));
}

function drawConfidence({ filters, words, change }) {
  const range = element("input", { type: "range", id: "confidence", min: 0, max: 1, step: 0.01, value: filters.confidence });
  const shown = element("output", { for: "confidence" });
  const tell = () => {
    shown.textContent = words.percent(range.valueAsNumber);
    range.setAttribute("aria-valuetext", shown.textContent);
  };
  range.addEventListener("input", () => {
    tell();
    change({ confidence: range.valueAsNumber });
  });
  tell();
  return element("div", { class: "range" }, element("label", { for: "confidence" }, words.say("confidence")), range, shown);
}

function drawReset(place, drawing) {
  const button = element("button", { type: "button", id: "reset", class: "quiet", hidden: !filtering(drawing.filters) }, drawing.words.say("reset"));
  button.addEventListener("click", () => {
    drawing.change(noFilters());
    drawFilters(place, { ...drawing, filters: noFilters() });
    place.querySelector("input").focus();
  });
  return button;
}
