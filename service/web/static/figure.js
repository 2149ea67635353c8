// The way of the words drawn: one attribution's as a list, the whole text's as layers with lines between them.

import { element, quoted } from "./element.js";
import { layered } from "./layers.js";
import { pathOf } from "./paths.js";

const SVG = "http://www.w3.org/2000/svg";
const THINNEST = 1.5; // pixels, of a line that one attribution takes
const THICKEST = 9;

/** Return a path as a list, the speaker first. */
export function drawPath(stations, words) {
  return element("ol", { class: "path" }, ...stations.map((station) => element("li", { class: station.kind }, ...named(station, words))));
}

function named({ kind, name }, words) {
  const unknown = kind === "outlet" ? "this_text" : "unknown_speaker";
  const what = kind === "relay" ? "figure_via" : `figure_${kind}`;
  return [element("small", {}, words.say(what)), name === null ? element("span", {}, words.say(unknown)) : quoted("span", {}, name)];
}

/** Draw the ways of these attributions, of all those there are, into `place`; return a function that lights up one by its id. */
export function drawGraph(place, shown, all, words) {
  const paths = shown.map((attribution) => ({ id: attribution.id, stations: pathOf(attribution, all) }));
  const { layers, lines } = layered(paths);
  const boxes = new Map(layers.flat().map((node) => [node, drawNode(node, words)]));
  const svg = document.createElementNS(SVG, "svg");
  const strokes = lines.map((line) => ({ line, stroke: svg.appendChild(document.createElementNS(SVG, "path")) }));
  const columns = layers.map((layer) => element("div", { class: "layer" }, ...layer.map((node) => boxes.get(node))));
  const stage = element("div", { class: "stage", "aria-hidden": "true" }, svg, ...columns);
  place.replaceChildren(stage, told(paths, words));
  follow(stage, () => reachable(place));
  follow(stage, () => strokes.forEach(({ line, stroke }) => curve(stroke, line, boxes, stage)));
  return (id) => lightGraph(stage, [...boxes, ...strokes.map(({ line, stroke }) => [line, stroke])], id);
}

function drawNode(node, words) {
  if (node.kind === "bend") return element("div", { class: "bend" });
  return element("div", { class: `node ${node.kind}` }, ...named(node, words));
}

/** Return the same for whoever cannot see it: each way once. */
function told(paths, words) {
  const ways = new Set(paths.map(({ stations }) => stations.map(({ kind, name }) => name ?? words.say(kind === "outlet" ? "this_text" : "unknown_speaker")).join(" ← ")));
  return element("ul", { class: "unseen", lang: "ar", dir: "rtl" }, ...[...ways].map((way) => element("li", {}, way)));
}

/** Draw the lines now and whenever the picture's size changes, for as long as it is on the page. */
function follow(stage, draw) {
  const observer = new ResizeObserver(() => (stage.isConnected ? draw() : observer.disconnect()));
  observer.observe(stage);
}

/** A picture wider than its place is scrolled, and must be so by keys as well. */
function reachable(place) {
  place.tabIndex = place.scrollWidth > place.clientWidth || place.scrollHeight > place.clientHeight ? 0 : -1;
}

/** Draw a line from one box to the next; through a bend, which it comes out of, it runs straight. */
function curve(stroke, line, boxes, stage) {
  const frame = stage.getBoundingClientRect();
  const [from, to] = [line.from, line.to].map((node) => boxes.get(node).getBoundingClientRect());
  const [near, far] = from.left > to.left ? ["left", "right"] : ["right", "left"];
  const [x0, x1, x2] = [from[line.from.kind === "bend" ? far : near], from[near], to[far]].map((x) => x - frame.left);
  const [y1, y2] = [from, to].map(({ top, height }) => top + height / 2 - frame.top);
  const middle = (x1 + x2) / 2;
  stroke.setAttribute("d", `M${x0} ${y1}H${x1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`);
  stroke.setAttribute("stroke-width", String(Math.min(THICKEST, THINNEST * Math.sqrt(line.ids.size))));
}

function lightGraph(stage, drawn, id) {
  stage.classList.toggle("lighting", id !== null);
  for (const [{ ids }, shape] of drawn) shape.classList.toggle("lit", id !== null && ids.has(id));
}
