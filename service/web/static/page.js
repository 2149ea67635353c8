// The page: what is asked, what came back, what of it is shown, and each part redrawn when what it shows has changed.

import { drawArticle } from "./article.js";
import { drawCard, uncover } from "./card.js";
import { listen, stop } from "./choosing.js";
import { byId } from "./element.js";
import { copy, csvOf, jsonOf, save } from "./exports.js";
import { drawGraph } from "./figure.js";
import { drawFilters, filtering, noFilters, passes, toggled } from "./filters.js";
import { articleOf, askForKey, fill, key, mostChars, sample, tellLength } from "./form.js";
import { drawItems, headline, versionsOf } from "./items.js";
import { light } from "./lights.js";
import { ask, Trouble } from "./request.js";
import { drawSpeakers } from "./speakers.js";
import { codePoints, spansOf } from "./spans.js";
import { drawTrouble } from "./troubles.js";
import { apply, chosenLanguage, keepLanguage, wordsOf } from "./words.js";

const page = {
  words: null,
  running: null, // the request under way
  answer: null, // {report, text, points}
  filters: noFilters(),
  pointed: null, // an attribution's id
  pinned: null,
  trouble: null,
  status: null, // [key, places]
  lightGraph: () => {},
};

const shownAttributions = () => page.answer.report.attributions.filter((attribution) => passes(attribution, page.filters));

// --- asking

async function submit(event) {
  event?.preventDefault();
  const article = articleOf();
  if (article.text.trim() === "") return tell(new Trouble("empty"));
  if (codePoints(article.text).length > mostChars()) return tell(new Trouble("long"));
  page.running?.abort();
  const running = new AbortController();
  page.running = running;
  wait(true);
  try {
    show(await ask(article, key(), running.signal), article.text);
  } catch (error) {
    if (page.running === running) failed(error, running.signal);
  } finally {
    if (page.running === running) wait(false);
  }
}

function failed(error, signal) {
  if (signal.aborted) return say("stopped");
  tell(error instanceof Trouble ? error : new Trouble("unreadable"));
  if (error.kind === "key") askForKey();
  if (!(error instanceof Trouble)) throw error;
}

function wait(waiting) {
  byId("progress").hidden = byId("stop").hidden = !waiting;
  byId("form").setAttribute("aria-busy", String(waiting));
  if (waiting) {
    tell(null);
    say("waiting");
  } else {
    page.running = null;
    if (page.status?.[0] === "waiting") say(null);
  }
}

async function takeSample(name) {
  try {
    fill(await sample(name));
  } catch {
    return tell(new Trouble("network"));
  }
  tellLength(page.words);
  return submit();
}

// --- showing

function show(report, text) {
  Object.assign(page, { answer: { report, text, points: codePoints(text) }, filters: noFilters(), pointed: null, pinned: null });
  turnTo("result");
  byId("filters").open = report.attributions.length > 0 && !matchMedia("(width < 60rem)").matches;
  drawAnswer();
  byId("result-heading").focus();
}

function turnTo(side) {
  byId("result").hidden = side !== "result";
  byId("form").hidden = byId("samples").hidden = side !== "form";
}

function drawAnswer() {
  const { report } = page.answer;
  byId("result").classList.toggle("empty", report.attributions.length === 0);
  byId("result-heading").textContent = headline(report, page.words);
  byId("versions").textContent = versionsOf(report);
  drawItems(byId("items"), report.articles, page.words);
  drawFilters(byId("filter-groups"), { attributions: report.attributions, filters: page.filters, words: page.words, change: filter });
  drawShown();
}

function drawShown() {
  const { report, points } = page.answer;
  const shown = shownAttributions();
  const ids = new Set(shown.map(({ id }) => id));
  if (!ids.has(page.pinned)) page.pinned = null;
  if (!ids.has(page.pointed)) page.pointed = null;
  drawArticle(byId("article"), points, report.articles, spansOf(shown, report.speakers));
  stop(byId("article"));
  byId("reset").hidden = !filtering(page.filters);
  byId("shown").textContent = page.words.say("shown", { n: shown.length, all: report.attributions.length });
  const toggle = (id) => filter({ speaker: toggled(page.filters.speaker, id) });
  drawSpeakers(byId("speakers"), { speakers: report.speakers, shown: ids, chosen: page.filters.speaker, words: page.words, toggle });
  page.lightGraph = drawGraph(byId("graph"), shown, report.attributions, page.words);
  drawChosen();
}

function drawChosen() {
  const { attributions } = page.answer.report;
  const chosen = attributions.find(({ id }) => id === (page.pointed ?? page.pinned)) ?? null;
  light(byId("article"), chosen, attributions);
  drawCard(byId("card"), chosen, attributions, page.words, chosen?.id === page.pinned ? () => pin(null) : null);
  page.lightGraph(chosen?.id ?? null);
}

function filter(changed) {
  page.filters = { ...page.filters, ...changed };
  drawShown();
}

function point(id) {
  if (page.pointed === id) return;
  page.pointed = id;
  drawChosen();
}

function pin(id, part = null) {
  page.pinned = id === page.pinned ? null : id;
  page.pointed = null;
  drawChosen();
  if (part && page.pinned !== null) uncover(byId("card"), part);
}

function again() {
  page.answer = null;
  turnTo("form");
  say(null);
  byId("text").focus();
}

// --- taking away

async function takeAway(action) {
  const { report, text } = page.answer;
  const [verb, form] = action.split("_");
  const [content, type] = form === "json" ? [jsonOf(report, text), "application/json"] : [csvOf(report), "text/csv"];
  if (verb === "copy") return say((await copy(content)) ? "copied" : "not_copied");
  save(content, `isnad-${report.id}.${form}`, type);
  return say("saved");
}

// --- telling

function say(key, places) {
  page.status = key && [key, places];
  byId("status").textContent = key ? page.words.say(key, places) : "";
}

function tell(trouble) {
  page.trouble = trouble;
  drawTrouble(byId("trouble"), trouble, page.words);
  if (trouble) byId("trouble").scrollIntoView({ block: "nearest" });
}

async function speak(language) {
  page.words = await wordsOf(language);
  apply(page.words);
  const switcher = byId("language");
  switcher.lang = switcher.hreflang = page.words.entries.other_language;
  switcher.href = `?lang=${page.words.entries.other_language}`;
  tellLength(page.words);
  tell(page.trouble);
  say(...(page.status ?? [null]));
  if (page.answer) drawAnswer();
}

function switchLanguage(event) {
  event.preventDefault();
  const language = page.words.entries.other_language;
  keepLanguage(language);
  return speak(language).catch(() => tell(new Trouble("network")));
}

function keyPressed(event) {
  if (event.key === "Escape" && page.answer) Object.assign(page, { pinned: null, pointed: null }) && drawChosen();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target === byId("text")) byId("form").requestSubmit();
}

await speak(chosenLanguage());
byId("form").addEventListener("submit", submit);
byId("text").addEventListener("input", () => tellLength(page.words));
byId("stop").addEventListener("click", () => page.running?.abort());
byId("again").addEventListener("click", again);
byId("language").addEventListener("click", switchLanguage);
for (const button of document.querySelectorAll("[data-sample]")) button.addEventListener("click", () => takeSample(button.dataset.sample));
for (const button of document.querySelectorAll("[data-action]")) button.addEventListener("click", () => takeAway(button.dataset.action));
document.addEventListener("keydown", keyPressed);
listen(byId("article"), { show: point, pin });
document.documentElement.dataset.ready = "";
