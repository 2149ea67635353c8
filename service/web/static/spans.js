// The stretches of a report that the text shows: contents, cues, sources, vias, and the other mentions of speakers.
// Offsets are code points, so that the text is cut as an array of them; a string's own indices count UTF-16 units.

/** Return the text as an array of code points, which a report's offsets index. */
export const codePoints = (text) => Array.from(text);

/** Return the stretch of `points` that a span names. */
export const stretch = (points, { start, end }) => points.slice(start, end).join("");

const RANK = { content: 0, source: 1, via: 2, cue: 3, mention: 4 };

/**
 * Return the spans of these attributions and speakers, each `{start, end, part, attribution | speaker, rank}`.
 * Of spans that coincide the lower rank holds the higher: an outer attribution's content its inner's, a content its cue.
 */
export function spansOf(attributions, speakers) {
  const parents = new Map(attributions.map(({ id, parent }) => [id, parent]));
  const spans = attributions.flatMap((attribution) => partsOf(attribution, depthOf(attribution.id, parents)));
  const mentions = speakers.flatMap(({ id, mentions: named }) => named.map((span) => spanOf(span, "mention", { speaker: id }, 0)));
  return [...spans, ...mentions].filter(({ start, end }) => start < end);
}

function partsOf({ id, cue, source, content, via }, depth) {
  const made = (part) => (span) => spanOf(span, part, { attribution: id }, depth);
  return [
    ...content.spans.map(made("content")),
    ...[source].filter(Boolean).map(made("source")),
    ...via.map(made("via")),
    ...[cue].filter(Boolean).map(made("cue")),
  ];
}

const spanOf = ({ start, end }, part, owner, depth) => ({ start, end, part, ...owner, rank: RANK[part] * 1e6 + depth });

/** Count the attributions around this one; a circle, which no report should have, ends the count. */
function depthOf(id, parents) {
  const seen = new Set();
  for (let at = id; parents.get(at) !== null && parents.has(at) && !seen.has(at); at = parents.get(at)) seen.add(at);
  return seen.size;
}
