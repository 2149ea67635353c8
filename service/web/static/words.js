// The interface's language: words/ar.json and words/en.json, and the places of the page that say them.

const STORED = "isnad.language";
const ISOLATE = "\u2068"; // FIRST STRONG ISOLATE
const POP = "\u2069"; // POP DIRECTIONAL ISOLATE

/** What the interface says in one language. */
export class Words {
  constructor(language, entries) {
    this.language = language;
    this.entries = entries;
    this.plurals = new Intl.PluralRules(entries.locale);
    this.numbers = new Intl.NumberFormat(entries.locale);
    this.percents = new Intl.NumberFormat(entries.locale, { style: "percent" });
    this.lists = new Intl.ListFormat(entries.locale, { type: "conjunction" });
  }

  /** Return the words of `key` with their `{places}` filled; the plural form is that of `n`. */
  say(key, places = {}) {
    const entry = this.entries[key] ?? key;
    const text = typeof entry === "string" ? entry : entry[this.plurals.select(places.n ?? 0)] ?? entry.other;
    return text.replace(/\{(\w+)\}/g, (place, name) => (name in places ? this.shown(places[name]) : place));
  }

  /** Return a value as it stands in a sentence: a number in the language's form, text set apart from the sentence's direction. */
  shown(value) {
    return typeof value === "number" ? this.numbers.format(value) : `${ISOLATE}${value}${POP}`;
  }

  percent(share) {
    return this.percents.format(share);
  }
}

/** Fetch the words of a language. */
export async function wordsOf(language) {
  const response = await fetch(new URL(`words/${language}.json`, import.meta.url));
  return new Words(language, await response.json());
}

/** Write the words into every place of the page that names them, and turn the page to their direction. */
export function apply(words) {
  document.documentElement.lang = words.language;
  document.documentElement.dir = words.entries.direction;
  document.title = words.say("page_title");
  for (const place of document.querySelectorAll("[data-word]")) place.textContent = words.say(place.dataset.word);
  for (const place of document.querySelectorAll("[data-word-label]")) place.setAttribute("aria-label", words.say(place.dataset.wordLabel));
  for (const place of document.querySelectorAll("[data-word-placeholder]")) place.placeholder = words.say(place.dataset.wordPlaceholder);
}

/** Return the language chosen in this browser before, or the one the page came in. */
export function chosenLanguage() {
  const asked = new URLSearchParams(location.search).get("lang");
  return asked ? document.documentElement.lang : recalled() ?? document.documentElement.lang;
}

/** Keep the choice in this browser; where it keeps nothing, for as long as the page is open. */
export function keepLanguage(language) {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // storage is switched off
  }
}

function recalled() {
  try {
    const language = localStorage.getItem(STORED);
    return ["ar", "en"].includes(language) ? language : null;
  } catch {
    return null;
  }
}
