import type { HitId, HitShape, Kit, Note, Pad, Pattern, VelocityLayer } from '../model';
import { PLAIN_SHAPE } from '../model';
import { midiVelocity } from '../units';
import { padOf } from './pad-of';
import { isPlainShape } from './shape';

/** The layer that answers a stroke of velocity 0..1; null where the pad's chosen hit answers all. */
export function layerAt({ layers }: Pick<Pad, 'layers'>, velocity: number): VelocityLayer | null {
  const struck = midiVelocity(velocity);
  return layers.find(({ upTo }) => struck <= upTo) ?? layers.at(-1) ?? null;
}

/** The hit that a pad has chosen, which layers pass over. */
export const chosenHit = ({ hits, chosen }: Pick<Pad, 'hits' | 'chosen'>): HitId | null =>
  hits[chosen] ?? hits[0] ?? null;

/** The hit that a note written for a pad names: none where layers choose it anew for every stroke. */
export const writtenHit = (pad: Pick<Pad, 'hits' | 'chosen' | 'layers'>): HitId | null =>
  pad.layers.length > 0 ? null : chosenHit(pad);

/** All that strokes on a pad can sound with. */
export const answersOf = (pad: Pick<Pad, 'hits' | 'chosen' | 'layers'>): readonly HitId[] =>
  pad.layers.length > 0
    ? [...new Set(pad.layers.flatMap(({ hits }) => hits))]
    : [chosenHit(pad)].filter(hit => hit !== null);

/** Whether strokes alike may sound with different hits, so that it matters which of them comes when. */
export const hasTakes = ({ layers, takes }: Pick<Pad, 'layers' | 'takes'>): boolean =>
  takes !== 'first' && layers.some(({ hits }) => hits.length > 1);

/** The take of a layer whose turn it is. */
export const takeInTurn = ({ hits }: VelocityLayer, turn: number): HitId | undefined =>
  hits[turn % hits.length];

/** How a pad plays a hit: shaped, with gains kept apart; null is as it was cut. */
export function shapeOnPad(
  kit: Pick<Kit, 'shapes'>,
  pad: Pick<Pad, 'semitones' | 'gainDecibels'>,
  hit: HitId,
): { readonly shape: HitShape | null; readonly gainDecibels: number } {
  const own = kit.shapes[hit] ?? PLAIN_SHAPE;
  const shape = { ...own, gainDecibels: 0, semitones: own.semitones + pad.semitones };
  return {
    shape: isPlainShape(shape) ? null : shape,
    gainDecibels: own.gainDecibels + pad.gainDecibels,
  };
}

/** The hits that a note's strokes may sound with: its own, else what its pad answers with. */
export function hitsOfNote(note: Note, kit: Kit): readonly HitId[] {
  if (note.hit !== null) return [note.hit];
  const pad = padOf(note, kit);
  return pad ? answersOf(pad) : [];
}

/** `pattern` with the notes that layers answer, of those that `isMeant`, naming no hit: so that every stroke chooses its own. */
export const freedForLayers = (
  pattern: Pattern,
  kit: Kit,
  isMeant: (note: Note) => boolean = () => true,
): Pattern =>
  kit.pads.every(({ layers }) => layers.length === 0)
    ? pattern
    : {
        ...pattern,
        notes: pattern.notes.map(note => {
          const pad = isMeant(note) ? padOf({ ...note, hit: null }, kit) : undefined;
          return pad && pad.layers.length > 0 ? { ...note, hit: null } : note;
        }),
      };
