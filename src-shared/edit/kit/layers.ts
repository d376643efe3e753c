import type { HitId, Pad, VelocityLayer } from '../../model';

const LOUDEST = 127;

/** `pad` with these layers, empty ones left out: their velocities go to the layer above, those of the top to what is then the top. */
function withLayers(pad: Pad, layers: readonly VelocityLayer[]): Pad {
  const kept = layers.filter(({ hits }) => hits.length > 0);
  const sound = kept.map((layer, index) => (index === kept.length - 1 ? { ...layer, upTo: LOUDEST } : layer));
  const hits = [...new Set([...pad.hits, ...sound.flatMap(layer => layer.hits)])];
  return { ...pad, layers: sound, hits };
}

const mapped = (
  { layers }: Pad,
  at: number,
  change: (layer: VelocityLayer) => VelocityLayer,
): VelocityLayer[] => layers.map((layer, index) => (index === at ? change(layer) : layer));

/** The velocities of a layer, both included. */
export const layerSpan = (
  { layers }: Pick<Pad, 'layers'>,
  at: number,
): { readonly from: number; readonly to: number } => ({
  from: (layers[at - 1]?.upTo ?? 0) + 1,
  to: layers[at]?.upTo ?? LOUDEST,
});

/** The layer's upper border at `upTo`, as far as its neighbours keep a velocity each; the top layer's stays 127. */
export function withSplit(pad: Pad, at: number, upTo: number): Pad {
  const above = pad.layers[at + 1];
  if (!above) return pad;
  const { from } = layerSpan(pad, at);
  const border = Math.min(above.upTo - 1, Math.max(from, Math.round(upTo)));
  return { ...pad, layers: mapped(pad, at, layer => ({ ...layer, upTo: border })) };
}

/** The pad answers by layers from now on: one, of the hit that it had chosen. */
export function withFirstLayer(pad: Pad): Pad {
  const hit = pad.hits[pad.chosen] ?? pad.hits[0];
  if (pad.layers.length > 0 || hit === undefined) return pad;
  return withLayers(pad, [{ upTo: LOUDEST, hits: [hit] }]);
}

/** `hits` as one more layer on top, with the louder half of the velocities of the top one before. */
export function withLayerOnTop(pad: Pad, hits: readonly HitId[]): Pad {
  const layered = withFirstLayer(pad);
  const last = layered.layers.length - 1;
  if (last < 0) return withLayers(layered, [{ upTo: LOUDEST, hits: [...hits] }]);
  const { from, to } = layerSpan(layered, last);
  if (to - from < 1) return pad;
  const below = mapped(layered, last, layer => ({ ...layer, upTo: Math.floor((from + to) / 2) }));
  return withLayers(layered, [...below, { upTo: LOUDEST, hits: [...new Set(hits)] }]);
}

/** `hits` as more takes of a layer, at its end; takes that it has already stay where they are. */
export const withTakes = (pad: Pad, at: number, hits: readonly HitId[]): Pad =>
  withLayers(
    pad,
    mapped(pad, at, layer => ({ ...layer, hits: [...new Set([...layer.hits, ...hits])] })),
  );

/** A layer without one of its takes; a layer without takes is none. */
export const withoutTake = (pad: Pad, at: number, hit: HitId): Pad =>
  withLayers(
    pad,
    mapped(pad, at, layer => ({ ...layer, hits: layer.hits.filter(take => take !== hit) })),
  );

/** A take goes to another layer, or to another place of its own, counted without it. */
export function withTakeAt(
  pad: Pad,
  hit: HitId,
  from: number,
  to: { readonly layer: number; readonly place: number },
): Pad {
  const layers = pad.layers.map((layer, index) => {
    const others =
      index === from || index === to.layer ? layer.hits.filter(take => take !== hit) : layer.hits;
    return { ...layer, hits: index === to.layer ? others.toSpliced(to.place, 0, hit) : [...others] };
  });
  return withLayers(pad, layers);
}

/** The takes of a layer go where those of another are; the borders stay. */
export function withLayerAt(pad: Pad, from: number, to: number): Pad {
  const moved = pad.layers[from];
  if (!moved || from === to || to < 0 || to >= pad.layers.length) return pad;
  const order = pad.layers.toSpliced(from, 1).toSpliced(to, 0, moved);
  return withLayers(
    pad,
    pad.layers.map(({ upTo }, index) => ({ upTo, hits: order[index]?.hits ?? [] })),
  );
}

export const withoutLayer = (pad: Pad, at: number): Pad => withLayers(pad, pad.layers.toSpliced(at, 1));

/** The chosen hit answers every stroke again: the loudest layer's first take. */
export function withoutLayers(pad: Pad): Pad {
  const hit = pad.layers.at(-1)?.hits[0];
  const at = hit === undefined ? -1 : pad.hits.indexOf(hit);
  return { ...pad, layers: [], chosen: at < 0 ? pad.chosen : at };
}
