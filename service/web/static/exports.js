// The whole answer to take away: JSON as the API gives it with its text, CSV as its `text/csv`, byte for byte, without asking again.

const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20']/u; // and the apostrophe, so that it can be taken off again
const BYTE_ORDER_MARK = "\uFEFF"; // without it, spreadsheets take UTF-8 for their own code page

/** Return the report with the text its offsets point into. */
export const jsonOf = (report, text) => `${JSON.stringify({ ...report, text }, null, 2)}\n`;

/** Return the attributions as CSV (RFC 4180), a row each, in which no cell can be a formula. */
export function csvOf(report) {
  const rows = report.attributions.map((attribution) => rowOf(report, attribution));
  return [Object.keys(rowOf(report, NOBODY)), ...rows.map(Object.values)].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** Return a value as text that no spreadsheet runs: an apostrophe before what begins like a formula, or with an apostrophe. */
export function harmless(value) {
  const text = value === null || value === undefined ? "" : String(value);
  return FORMULA.test(text) ? `'${text}` : text;
}

function cell(value) {
  const text = harmless(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const NOBODY = { content: { spans: [] }, via: [] };

function rowOf({ id }, attribution) {
  const { cue, source, speaker, content, via, confidence } = attribution;
  return {
    article: id,
    id: attribution.id,
    speaker: speaker?.name,
    role: speaker?.role,
    cue: cue?.text,
    content: content.text,
    type: attribution.type,
    construction: attribution.construction,
    via: via.map(({ name }) => name).join(" < "),
    outlet: attribution.outlet,
    parent: attribution.parent,
    confidence: Number.isInteger(confidence) ? confidence.toFixed(1) : confidence,
    start: content.spans.at(0)?.start,
    end: content.spans.at(-1)?.end,
    source: source?.text,
    speaker_id: speaker?.id,
    speaker_type: speaker?.type,
    resolution: speaker?.resolution,
    rule: attribution.rule,
    item: attribution.article,
    cue_span: spansTold([cue]),
    source_span: spansTold([source]),
    content_spans: spansTold(content.spans),
    via_spans: spansTold(via),
  };
}

/** Write spans as `45..99`; with a hyphen or a colon, spreadsheets would make a date or a time of them. */
const spansTold = (spans) => spans.filter(Boolean).map(({ start, end }) => `${start}..${end}`).join(" ");

/** Put text on the clipboard; false where the browser does not let us. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text); // no clipboard without HTTPS
  }
}

function copySelected(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  const focused = document.activeElement;
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return done;
}

/** Have the browser save text as a file. */
export function save(text, name, type) {
  const mark = type === "text/csv" ? BYTE_ORDER_MARK : "";
  const address = URL.createObjectURL(new Blob([mark, text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
