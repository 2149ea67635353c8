// One question to the service, and everything that can come back.

/** What kept the service from answering; `kind` names the words for it. */
export class Trouble extends Error {
  constructor(kind, { seconds = null, details = [], requestId = "" } = {}) {
    super(kind);
    this.kind = kind;
    this.seconds = seconds;
    this.details = details;
    this.requestId = requestId;
  }
}

const KINDS = { 400: "malformed", 401: "key", 413: "large", 422: "invalid", 429: "rate", 503: "busy" };

/**
 * Return the report of an article. The promise is rejected with a Trouble, or with the signal's AbortError.
 */
export async function ask(article, key, signal) {
  const response = await answered(article, key, signal);
  const body = await bodyOf(response, signal);
  if (!response.ok) throw troubleOf(response, body);
  if (!Array.isArray(body?.attributions)) throw new Trouble("unreadable");
  return body;
}

async function answered(article, key, signal) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", ...(key && { Authorization: `Bearer ${key}` }) };
  try {
    return await fetch(document.body.dataset.api, { method: "POST", headers, body: JSON.stringify(article), signal });
  } catch (error) {
    if (signal.aborted) throw error;
    // A header of letters that none may hold is refused before anything is sent.
    throw new Trouble(isHeader(key) ? "network" : "key");
  }
}

const isHeader = (key) => /^[\x20-\x7e]*$/.test(key);

async function bodyOf(response, signal) {
  try {
    return await response.json();
  } catch (error) {
    if (signal.aborted) throw error;
    return null; // a proxy's page
  }
}

function troubleOf(response, problem) {
  const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  const kind = KINDS[response.status] ?? (response.status >= 500 ? "fault" : "unreadable");
  const errors = Array.isArray(problem?.errors) ? problem.errors : [];
  return new Trouble(kind, {
    seconds: Number.isFinite(seconds) ? seconds : null,
    details: errors.map(({ pointer, detail }) => ({ field: String(pointer).slice(1), detail: String(detail) })),
    requestId: String(problem?.request_id ?? ""),
  });
}
