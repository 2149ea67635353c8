// The way of each statement: from who said it, through who passed it on, to the outlet and so to the reader.

/**
 * Return the stations of an attribution, the speaker first, the outlet last: `{kind, key, name, speaker}`.
 * `kind` is speaker, relay (a speaker in whose words another speaks), via or outlet; a name that is unknown is null.
 */
export function pathOf(attribution, attributions) {
  const byId = new Map(attributions.map((each) => [each.id, each]));
  const stations = [];
  const around = chainOf(attribution, byId);
  for (const [index, each] of around.entries()) {
    stations.push(speakerStation(each.speaker, index === 0 ? "speaker" : "relay"));
    stations.push(...each.via.toReversed().map(({ name }) => ({ kind: "via", key: `via ${name}`, name, speaker: null })));
  }
  const { outlet } = around.at(-1);
  stations.push({ kind: "outlet", key: `outlet ${outlet}`, name: outlet, speaker: null });
  return stations.filter((station, index) => station.name === null || station.name !== stations[index - 1]?.name);
}

/** Return an attribution and those around it, from inside out; a circle ends it. */
export function chainOf(attribution, byId) {
  const chain = [];
  for (let each = attribution; each && !chain.includes(each); each = byId.get(each.parent)) chain.push(each);
  return chain;
}

const speakerStation = (speaker, kind) => ({ kind, key: `speaker ${speaker?.id}`, name: speaker?.name ?? null, speaker: speaker?.id ?? null });
