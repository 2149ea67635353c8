// Many ways to the reader as one picture: stations in layers from the speakers to the outlets, and the lines between them.

/**
 * Return `{layers, lines}` for paths `{id, stations}`. A layer is a list of nodes `{key, kind, name, ids}`, a line is
 * `{from, to, ids}` between nodes of neighbouring layers; `ids` are the attributions that pass there.
 *
 * A speaker stands in the first layer and an outlet in the last; between them a station stands as far from the reader as it is. Where a
 * line has nothing to stop at in a layer, a node of kind `bend` keeps a lane free for it.
 */
export function layered(paths) {
  const depth = Math.max(0, ...paths.map(({ stations }) => stations.length));
  const layers = Array.from({ length: depth }, () => new Map());
  const lines = new Map();
  for (const { id, stations } of paths) join(laid(stations, depth), id, layers, lines);
  return { layers: untangled(layers.map((layer) => [...layer.values()]), [...lines.values()]), lines: [...lines.values()] };
}

/** Return a path with a station in every layer: itself, or a bend on the way to the next. */
function laid(stations, depth) {
  const [first, ...rest] = stations;
  const ahead = depth - stations.length;
  const way = `${first.key} ${rest[0]?.key}`;
  const bends = Array.from({ length: ahead }, () => ({ kind: "bend", key: `bend ${way}`, name: null }));
  return [first, ...bends, ...rest];
}

function join(stations, id, layers, lines) {
  const nodes = stations.map(({ key, kind, name }, index) => entry(layers[index], key, () => ({ key, kind, name, ids: new Set() })));
  for (const [index, node] of nodes.entries()) {
    node.ids.add(id);
    if (index > 0) entry(lines, `${index} ${nodes[index - 1].key} ${node.key}`, () => ({ from: nodes[index - 1], to: node, ids: new Set() })).ids.add(id);
  }
}

function entry(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  return map.get(key);
}

/** Order each layer by where its lines come from, so that fewer cross. */
function untangled(layers, lines) {
  for (let index = 1; index < layers.length; index += 1) {
    const before = new Map(layers[index - 1].map((node, place) => [node, place]));
    const middle = new Map(layers[index].map((node) => [node, mean(lines.filter(({ from, to }) => to === node && before.has(from)).map(({ from }) => before.get(from)))]));
    layers[index].sort((one, other) => middle.get(one) - middle.get(other));
  }
  return layers;
}

const mean = (places) => places.reduce((sum, place) => sum + place, 0) / Math.max(1, places.length);
