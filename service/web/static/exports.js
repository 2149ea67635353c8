// The whole answer to take away: JSON as the API gives it with its text, CSV as spreadsheets read it, a row an attribution.

const COLUMNS = ["article", "id", "speaker", "role", "cue", "content", "type", "construction", "via", "outlet", "parent", "confidence", "start", "end"];
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;
const BYTE_ORDER_MARK = "\uFEFF"; // without it, spreadsheets take UTF-8 for their own code page

/** Return the report with the text its offsets point into. */
export const jsonOf = (report, text) => `${JSON.stringify({ ...report, text }, null, 2)}\n`;

/** Return the attributions as CSV (RFC 4180). */
export function csvOf(report) {
  const rows = report.attributions.map((attribution) => rowOf(report, attribution));
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** Return a value as text that no spreadsheet runs: what begins like a formula is quoted by an apostrophe. */
export function harmless(value) {
  const text = value === null || value === undefined ? "" : String(value);
  return FORMULA.test(text) ? `'${text}` : text;
}

const cell = (value) => `"${harmless(value).replaceAll('"', '""')}"`;

function rowOf({ id }, { speaker, cue, content, via, ...attribution }) {
  const ends = [content.spans.at(0)?.start, content.spans.at(-1)?.end];
  const ways = via.map(({ name }) => name).join(" < ");
  const { type, construction, outlet, parent, confidence } = attribution;
  return [id, attribution.id, speaker?.name, speaker?.role, cue?.text, content.text, type, construction, ways, outlet, parent, confidence, ...ends];
}

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
