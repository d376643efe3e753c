import { isPlainShape } from '../mix';
import { type Hit, type HitId, type HitShape, type Kit, type Pad, PLAIN_SHAPE } from '../model';
import type { KitDocument, KitLayer, KitPad, KitTake } from './document';
import type { KitFacts } from './losses';

/** A hit and what of its shape is written into its audio: all but level and pitch, which every sampler can change itself. */
export interface BakedSound {
  readonly key: string;
  readonly hit: HitId;
  /** null: the audio as it is. */
  readonly shape: HitShape | null;
}

export interface KitInDocument {
  readonly document: KitDocument;
  readonly sounds: readonly BakedSound[];
  /** Hits on pads that no stroke plays: candidates beside the chosen one, and takes behind the first of an order that has no others. */
  readonly unheard: number;
}

/** What of a shape is left when level and pitch are the sampler's. */
const baked = (shape: HitShape | undefined): HitShape | null => {
  const rest = { ...PLAIN_SHAPE, ...shape, gainDecibels: 0, semitones: 0 };
  return isPlainShape(rest) ? null : rest;
};

/** A kit as samplers play it. `has` tells whether a hit's audio is there; what is not sounds nowhere. */
export function documentOfKit(
  kit: Kit,
  has: (hit: HitId) => boolean,
  said: Pick<KitDocument, 'author' | 'licence'>,
): KitInDocument {
  const sounds = new Map<string, BakedSound>();
  let unheard = 0;
  const takeOf = (hit: HitId): KitTake => {
    const shape = kit.shapes[hit];
    if (!sounds.has(hit)) sounds.set(hit, { key: hit, hit, shape: baked(shape) });
    return { sound: hit, gainDecibels: shape?.gainDecibels ?? 0, semitones: shape?.semitones ?? 0 };
  };
  const pads = kit.pads.flatMap((pad): KitPad[] => {
    const layers = layersOf(pad, has).map(({ upTo, hits }) => ({ upTo, takes: hits.map(takeOf) }));
    const heard = new Set(layers.flatMap(layer => layer.takes.map(({ sound }) => sound)));
    unheard += pad.hits.filter(hit => !heard.has(hit)).length;
    return layers.length === 0 ? [] : [padOf(pad, layers)];
  });
  return { document: { name: kit.name, ...said, pads }, sounds: [...sounds.values()], unheard };
}

/** What beside the document decides what a format cannot hold. */
export const kitFacts = (
  { sounds, unheard }: Pick<KitInDocument, 'sounds' | 'unheard'>,
  hits: ReadonlyMap<HitId, Hit>,
): KitFacts => ({
  unheard,
  baked: sounds.filter(({ shape }) => shape !== null).length,
  leadSeconds: Math.max(
    0,
    ...sounds.map(({ hit }) => {
      const { onsetFrame = 0, startFrame = 0, sampleRate = 1 } = hits.get(hit) ?? {};
      return (onsetFrame - startFrame) / sampleRate;
    }),
  ),
});

/** What answers a stroke; layers whose hits are all gone leave their strokes to the next louder one, or the last to the one before. */
function layersOf(
  pad: Pad,
  has: (hit: HitId) => boolean,
): readonly { readonly upTo: number; readonly hits: readonly HitId[] }[] {
  const chosen = pad.hits[pad.chosen] ?? pad.hits[0];
  const all = pad.layers.length > 0 ? pad.layers : chosen ? [{ upTo: 127, hits: [chosen] }] : [];
  const there = all.flatMap(({ upTo, hits }) => {
    const left = hits.filter(has);
    return left.length > 0 ? [{ upTo, hits: pad.takes === 'first' ? left.slice(0, 1) : left }] : [];
  });
  return there.map((layer, index) => (index === there.length - 1 ? { ...layer, upTo: 127 } : layer));
}

const padOf = (pad: Pad, layers: readonly KitLayer[]): KitPad => ({
  name: pad.name,
  note: pad.note,
  instrument: pad.instrument,
  role: pad.role,
  gainDecibels: pad.gainDecibels,
  pan: pad.pan,
  choke: pad.choke,
  semitones: pad.semitones,
  velocityCurve: pad.velocityCurve,
  order: pad.takes,
  layers,
});
