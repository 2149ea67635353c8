// The news items of the text: their headlines, who published them, and what says so.

import { element, quoted } from "./element.js";

/** Return how many attributions there are, and by how many speakers. */
export function headline({ attributions, speakers }, words) {
  const counts = [words.say("done", { n: attributions.length }), speakers.length > 0 && words.say("by_speakers", { n: speakers.length })];
  return attributions.length === 0 ? words.say("nothing") : counts.filter(Boolean).join(" ");
}

/** Draw the items into `place`. */
export function drawItems(place, items, words) {
  place.replaceChildren(...items.map((item) => drawItem(item, words)));
}

function drawItem({ role, title, outlet, credits, published_at: published }, words) {
  const facts = [
    outlet && words.say("item_outlet", { name: outlet.name, evidence: words.say(`evidence_${outlet.evidence}`) }),
    credits.length > 1 && words.say("item_credits", { names: words.lists.format(credits) }),
    published,
  ].filter(Boolean);
  const heading = title ? quoted("strong", {}, title.text) : null;
  return element("li", {}, element("small", {}, words.say(`item_${role}`)), heading, ...facts.map((fact) => element("span", { class: "fact" }, fact)));
}

/** Return what the answer depends on, for the foot of the page. */
export const versionsOf = ({ versions }) => `Isnad ${versions.service} · ${versions.models} · Stanza ${versions.stanza} · ${versions.lexicon}`;
