// The text with its attributions: paragraphs of nested spans, every letter of it as it was sent.

import { element } from "./element.js";
import { nested } from "./nesting.js";
import { stretch } from "./spans.js";

const LINES = 3; // lines under a word that the leading has room for

/**
 * Draw the text into `place`, with these spans; its text content is the text itself.
 * The first piece of an attribution's cue, or of its content where it has none, can be focused and pressed.
 */
export function drawArticle(place, points, items, spans) {
  const heads = headsOf(spans);
  const drawing = { points, heads, taken: new Set() };
  place.replaceChildren(...paragraphsOf(points).map((paragraph) => drawParagraph(paragraph, items, spans, drawing)));
}

/** Return the lines of the text, each with the line end that closes it. */
export function paragraphsOf(points) {
  const paragraphs = [];
  for (let start = 0; start < points.length; ) {
    const found = points.indexOf("\n", start);
    const end = found < 0 ? points.length : found + 1;
    paragraphs.push({ start, end });
    start = end;
  }
  return paragraphs;
}

function drawParagraph({ start, end }, items, spans, drawing) {
  const made = element("p", { class: manner(start, end, items, drawing.points) });
  fill(made, nested(spans, start, end), 0, drawing);
  return made;
}

/** Tell a headline, a blank line, and what belongs to no news item. */
function manner(start, end, items, points) {
  if (points.slice(start, end).every((point) => point.trim() === "")) return "blank";
  const meets = (span) => span && span.start < end && span.end > start;
  if (items.some(({ title }) => Number.isInteger(title?.start) && meets(title))) return "headline";
  return items.some(meets) ? null : "outside";
}

function fill(made, node, depth, drawing) {
  let at = node.start;
  for (const child of node.children) {
    if (child.start > at) made.append(stretch(drawing.points, { start: at, end: child.start }));
    made.append(drawNode(child, depth, drawing));
    at = child.end;
  }
  if (at < node.end) made.append(stretch(drawing.points, { start: at, end: node.end }));
}

function drawNode(node, depth, drawing) {
  const { part, attribution, speaker } = node.span;
  const content = part === "content";
  const level = Math.min(content ? node.height : 0, LINES - 1);
  const classes = ["part", part, content && `level-${level}`, content && `depth-${Math.min(depth, LINES - 1)}`].filter(Boolean);
  const made = element("span", { class: classes.join(" "), "data-attribution": attribution, "data-speaker": speaker, ...headed(node, drawing) });
  fill(made, node, depth + (content ? 1 : 0), drawing);
  return made;
}

const headsOf = (spans) => new Set(spans.map(({ part, attribution }) => part === "cue" && attribution).filter((id) => id !== false));

/** A button that holds others is none to a screen reader; a content in which others stand is a group. */
function headed({ span: { part, attribution }, children }, { heads, taken }) {
  const head = part === "cue" || (part === "content" && !heads.has(attribution));
  if (!head || taken.has(attribution)) return {};
  taken.add(attribution);
  return { "data-head": true, role: children.length > 0 ? "group" : "button", tabindex: "-1" };
}
