// Spans that overlap as they like, made a tree that a document can hold.

const DEEPEST = 24; // elements within elements; more than any article nests, and fewer than a browser's layout can bear

/**
 * Return the tree of `spans` within `start` to `end`: nodes `{start, end, span, children, height}`, every child within its parent, no two
 * siblings overlapping. Where two spans cross, the later one is cut at the earlier one's end and goes on behind it.
 * `height` counts the levels of contents below, which is how far down a content's line has to be drawn.
 */
export function nested(spans, start, end) {
  const root = { start, end, span: null, children: [], height: 0 };
  const waiting = spans.filter((span) => span.start < end && span.end > start).map((span) => pieceOf(span, start, end)).sort(outerLast);
  const open = [root];
  while (waiting.length > 0) {
    const piece = waiting.pop();
    while (piece.start >= open.at(-1).end) close(open);
    const holder = open.at(-1);
    if (piece.end > holder.end) putBack(waiting, { ...piece, start: holder.end });
    if (open.length > DEEPEST) continue;
    const node = { start: piece.start, end: Math.min(piece.end, holder.end), span: piece.span, children: [], height: 0 };
    holder.children.push(node);
    open.push(node);
  }
  while (open.length > 1) close(open);
  return root;
}

const pieceOf = (span, start, end) => ({ start: Math.max(span.start, start), end: Math.min(span.end, end), span });

/** Order pieces from last to first, those that hold others after what they hold: the next one is the list's last. */
const outerLast = (one, other) => other.start - one.start || one.end - other.end || other.span.rank - one.span.rank;

function putBack(waiting, piece) {
  let low = 0;
  let high = waiting.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (outerLast(waiting[middle], piece) <= 0) low = middle + 1;
    else high = middle;
  }
  waiting.splice(low, 0, piece);
}

function close(open) {
  const node = open.pop();
  const holder = open.at(-1);
  holder.height = Math.max(holder.height, node.height + (node.span.part === "content" ? 1 : 0));
}
