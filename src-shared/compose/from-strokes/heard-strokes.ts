import {
  type Hit,
  type HitId,
  INSTRUMENT_FACTS,
  type Instrument,
  type Role,
  type Stroke,
  type StrokeClass,
} from '../../model';
import type { HeardStroke } from './stroke';

/** An onset of the recording, of those that count. */
export interface HeardOnset {
  readonly frame: number;
  readonly strokes?: readonly Stroke[] | undefined;
}

/** Instruments that a class may turn out to be on closer listening; the first one unless a hit says otherwise. */
const MEMBERS: Readonly<Record<StrokeClass, readonly [Instrument, ...Instrument[]]>> = {
  kick: ['kick'],
  snare: ['snare'],
  rim: ['rim'],
  clap: ['clap'],
  chh: ['chh', 'phh'],
  ohh: ['ohh'],
  toms: ['mt', 'lt', 'ht'],
  ride: ['ride'],
  crash: ['crash'],
};
/** How far a slice's begin may be from its onset: the user may have moved it. */
const SAME_SECONDS = 0.006;

/** What must be known of a hit. */
export type StruckHit = Pick<
  Hit,
  'id' | 'onsetFrame' | 'flamFrames' | 'velocity' | 'duplicates' | 'judgement' | 'override' | 'quality'
>;

interface Event {
  readonly frame: number;
  readonly hit: StruckHit;
  readonly flamFrames: number | null;
  readonly velocity: number;
}

interface Place {
  readonly instrument: Instrument;
  readonly role: Role;
}

/**
 * The strokes of a recording, each with a hit of its own to sound: its own slice where one drum was struck alone, else a clean one of
 * that drum struck about as hard, so that drums struck together become notes of their own. Where no classes were heard in all the
 * recording, each slice is one stroke of what it was judged to be. Else a slice at an onset without any is a stroke only of what the
 * network does not listen for, such as a tambourine, or of what the user says: of other drums it knows more than a slice's sound does.
 */
export function strokesOfTrack(
  hits: readonly StruckHit[],
  onsets: readonly HeardOnset[],
  sampleRate: number,
): HeardStroke[] {
  const events = hits
    .flatMap((hit): Event[] => [
      { frame: hit.onsetFrame, hit, flamFrames: hit.flamFrames, velocity: hit.velocity },
      ...hit.duplicates.map(twin => ({
        frame: twin.onsetFrame,
        hit,
        flamFrames: null,
        velocity: hit.velocity,
      })),
    ])
    .sort((a, b) => a.frame - b.frame);
  const strokesAt = nearestStrokes(onsets, SAME_SECONDS * sampleRate);
  const choose = cleanHits(hits, strokesAt);
  const hasClasses = onsets.some(({ strokes }) => strokes !== undefined && strokes.length > 0);
  const listenedFor = new Set<Instrument>(hasClasses ? Object.values(MEMBERS).flat() : []);
  return events.flatMap((event): HeardStroke[] => {
    const own = placeOfHit(event.hit);
    const time = event.frame / sampleRate;
    const flam = event.flamFrames === null ? null : event.flamFrames / sampleRate;
    const strokes = event.hit.override?.instrument ? null : strokesAt(event.frame);
    if (strokes === null || strokes.length === 0) {
      const isStroke = own !== null && (strokes === null || !listenedFor.has(own.instrument));
      return isStroke ? [{ time, ...own, velocity: event.velocity, hit: event.hit.id, flam }] : [];
    }
    return strokes.map((stroke): HeardStroke => {
      const [usual, ...others] = MEMBERS[stroke.class];
      const instrument = own && [usual, ...others].includes(own.instrument) ? own.instrument : usual;
      const isOwn = own?.instrument === instrument;
      const hit = isOwn && strokes.length === 1 ? event.hit.id : choose(instrument, stroke.velocity);
      return {
        time,
        instrument,
        // What a slice is good for says little of the drums in it: a hat struck with a kick is no kick.
        role: (isOwn ? event.hit.override?.role : undefined) ?? INSTRUMENT_FACTS[instrument].role,
        velocity: stroke.velocity,
        hit: hit ?? (isOwn ? event.hit.id : null),
        flam: isOwn ? flam : null,
      };
    });
  });
}

/** What counts for a hit: the user's word, else the machine's. */
function placeOfHit({ override, judgement }: StruckHit): Place | null {
  const instrument = override?.instrument ?? judgement?.instrument;
  const role = override?.role ?? judgement?.role;
  return instrument && role ? { instrument, role } : null;
}

/** The strokes of the onset nearest to a frame; null where there is no onset. */
function nearestStrokes(
  onsets: readonly HeardOnset[],
  reach: number,
): (frame: number) => readonly Stroke[] | null {
  return frame => {
    let low = 0;
    let high = onsets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (onsets[middle]!.frame < frame) low = middle + 1;
      else high = middle;
    }
    const near = [onsets[low - 1], onsets[low]].filter(
      onset => onset !== undefined && Math.abs(onset.frame - frame) <= reach,
    );
    near.sort((a, b) => Math.abs(a!.frame - frame) - Math.abs(b!.frame - frame));
    return near[0] ? (near[0].strokes ?? []) : null;
  };
}

/** Among hits of an instrument: those struck alone before others, then the nearest in velocity, the cleaner of equals. */
function cleanHits(
  hits: readonly StruckHit[],
  strokesAt: (frame: number) => readonly Stroke[] | null,
): (instrument: Instrument, velocity: number) => HitId | null {
  const byInstrument = new Map<Instrument, StruckHit[]>();
  const alone = new Map<Instrument, StruckHit[]>();
  const add = (map: Map<Instrument, StruckHit[]>, instrument: Instrument, hit: StruckHit): void => {
    map.set(instrument, [...(map.get(instrument) ?? []), hit]);
  };
  for (const hit of hits) {
    const place = placeOfHit(hit);
    if (!place) continue;
    add(byInstrument, place.instrument, hit);
    if ((strokesAt(hit.onsetFrame)?.length ?? 0) <= 1 && hit.flamFrames === null)
      add(alone, place.instrument, hit);
  }
  const cost = (hit: StruckHit, velocity: number): number =>
    Math.abs(hit.velocity - velocity) - 0.5 * (hit.quality?.score ?? 0);
  return (instrument, velocity) => {
    const candidates = alone.get(instrument) ?? byInstrument.get(instrument) ?? [];
    let best: StruckHit | null = null;
    for (const hit of candidates) if (!best || cost(hit, velocity) < cost(best, velocity) - 1e-9) best = hit;
    return best?.id ?? null;
  };
}
