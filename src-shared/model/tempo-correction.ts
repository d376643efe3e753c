import { z } from 'zod';
import { COMMON_TIME, type Meter, MeterSchema } from './grid';
import { beatSeconds, type Tempo } from './tempo';
import { nearest, TempoMap } from './tempo-map';

/**
 * What the user says of a recording's tempo. It is applied to whatever an analysis finds, so it holds for a better
 * analysis too: "92 BPM or thereabouts" keeps its meaning when the next one hears 184 where this one heard 92.
 */
export const TempoCorrectionSchema = z.object({
  /** Quarter notes a minute; null leaves the tempo as it was heard. */
  bpm: z.number().min(10).max(800).nullable().default(null),
  /**
   * `near`: halved, doubled, tapped or chosen: the recording's own tempo at the simple ratio that comes nearest to `bpm`;
   * `exact`: typed: just this, steady.
   */
  bpmIs: z.enum(['near', 'exact']).default('near'),
  /** Seconds at which bar 1 begins. */
  barOneAt: z.number().nullable().default(null),
  meter: MeterSchema.nullable().default(null),
  /** All beats later by this. */
  shiftMs: z.number().min(-2000).max(2000).default(0),
  /** A straight line of beats, or the beats as they are heard; null leaves that to the analysis. */
  grid: z.enum(['steady', 'follow']).nullable().default(null),
});
export type TempoCorrection = z.infer<typeof TempoCorrectionSchema>;

/** A correction that changes nothing. */
export const NO_CORRECTION: TempoCorrection = TempoCorrectionSchema.parse({});

export const isNoCorrection = (correction: TempoCorrection): boolean =>
  correction.bpm === null &&
  correction.barOneAt === null &&
  correction.meter === null &&
  correction.shiftMs === 0 &&
  correction.grid === null;

/** Ratios at which one recording is counted. */
const RATIOS = [1, 2, 1 / 2, 3 / 2, 2 / 3, 3, 1 / 3, 4, 1 / 4, 4 / 3, 3 / 4];
/** How far hands that tap may be from the recording's tempo: 3 %. */
const NEAR = Math.log(1.03);
/** How far a typed tempo may be from the heard one and still have its beats: 1 %. */
const EXACT = Math.log(1.01);
/** A bar that begins this close to a beat, in seconds and in shares of a beat, begins on it; else the grid moves. */
const ON_BEAT_SECONDS = 0.04;
const ON_BEAT_SHARE = 0.12;

/** The tempo that the user means, given what was found in a recording of `seconds`. */
export function correctTempo(
  found: Tempo | null,
  correction: TempoCorrection | null,
  seconds: number,
): Tempo | null {
  if (!correction) return found;
  const { barOneAt, meter, shiftMs, grid } = correction;
  const paced = atTempo(found, correction, seconds);
  if (!paced) return null;
  const counted = meter ? inMeter(paced, meter) : paced;
  const barred = barOneAt === null ? counted : withBarOneAt(counted, barOneAt);
  const gridded = grid === null ? barred : onGrid(barred, grid);
  return shiftMs === 0 ? gridded : moved(gridded, shiftMs / 1000);
}

function atTempo(found: Tempo | null, { bpm, bpmIs, barOneAt, grid }: TempoCorrection, seconds: number) {
  if (bpm === null) return found;
  if (!found) return steadyTempo(bpm, barOneAt ?? 0, COMMON_TIME, seconds);
  const distance = (ratio: number): number => Math.abs(Math.log((found.bpm * ratio) / bpm));
  const ratio = RATIOS.reduce((best, next) => (distance(next) < distance(best) - 1e-9 ? next : best));
  const isExact = bpmIs === 'exact' && grid !== 'follow';
  if (distance(ratio) > (isExact ? EXACT : NEAR))
    return {
      ...steadyTempo(bpm, found.firstDownbeat, found.meter, seconds),
      candidates: found.candidates,
      meters: found.meters,
    };
  const counted = { ...resampled(found, ratio), bpm: found.bpm * ratio, confidence: 1 };
  return isExact ? onLine(counted, bpm) : counted;
}

/** Beats of a straight line over the whole recording. */
function steadyTempo(bpm: number, firstDownbeat: number, meter: Meter, seconds: number): Tempo {
  const period = beatSeconds({ bpm, meter });
  const first = Math.ceil(-firstDownbeat / period - 1e-9);
  const last = Math.floor((seconds - firstDownbeat) / period + 1e-9);
  const beats = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Math.max(0, firstDownbeat + (first + index) * period),
  );
  return {
    bpm,
    firstDownbeat,
    meter,
    confidence: 1,
    beats,
    steady: true,
    downbeats: [],
    candidates: [],
    meters: [],
  };
}

/** `ratio` beats for each one, bar 1 where it was; bars are counted anew. */
function resampled(tempo: Tempo, ratio: number): Tempo {
  const { beats, firstDownbeat } = tempo;
  if (ratio === 1 || beats.length < 2) return tempo;
  const origin = nearest(beats, firstDownbeat);
  const first = Math.ceil(-origin * ratio - 1e-9);
  const last = Math.floor((beats.length - 1 - origin) * ratio + 1e-9);
  const between = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const at = origin + (first + index) / ratio;
    const before = Math.min(beats.length - 2, Math.max(0, Math.floor(at)));
    return beats[before]! + (at - before) * (beats[before + 1]! - beats[before]!);
  });
  return { ...tempo, beats: between, downbeats: [] };
}

function inMeter(tempo: Tempo, meter: Meter): Tempo {
  const { meter: former } = tempo;
  const isSame = former.numerator === meter.numerator && former.denominator === meter.denominator;
  return isSame
    ? tempo
    : { ...resampled(tempo, meter.denominator / former.denominator), meter, downbeats: [] };
}

function withBarOneAt(tempo: Tempo, barOneAt: number): Tempo {
  const map = new TempoMap(tempo);
  const beat = Math.round(map.beatAt(barOneAt));
  const offset = barOneAt - map.secondsAt(beat);
  const isOnBeat = Math.abs(offset) <= Math.min(ON_BEAT_SECONDS, ON_BEAT_SHARE * beatSeconds(tempo));
  const held = withBeat(tempo, map, beat);
  const grid = isOnBeat ? held : moved(held, offset);
  const first = isOnBeat ? map.secondsAt(beat) : barOneAt;
  const place = nearest(grid.beats, first);
  return { ...grid, firstDownbeat: first, downbeats: grid.downbeats.includes(place) ? grid.downbeats : [] };
}

/** Beats up to `beat`, counted from bar 1, where it lies before the first one that was heard or after the last. */
function withBeat(tempo: Tempo, map: TempoMap, beat: number): Tempo {
  const { beats, firstDownbeat, downbeats } = tempo;
  const first = -nearest(beats, firstDownbeat);
  const next = first + beats.length;
  const times = (from: number, to: number): number[] =>
    Array.from({ length: Math.max(0, to - from) }, (_, at) => map.secondsAt(from + at));
  const before = times(beat, first);
  return {
    ...tempo,
    beats: [...before, ...beats, ...times(next, beat + 1)],
    downbeats: downbeats.map(place => place + before.length),
  };
}

function onGrid(tempo: Tempo, grid: 'steady' | 'follow'): Tempo {
  if (grid === 'steady') return tempo.steady ? tempo : onLine(tempo, null);
  if (!tempo.steady) return tempo;
  const first = tempo.beats[nearest(tempo.beats, tempo.firstDownbeat)] ?? tempo.firstDownbeat;
  return { ...tempo, steady: false, firstDownbeat: first };
}

/** The steady tempo whose line comes nearest to the beats: at `bpm`, or at what their own line has. */
function onLine(tempo: Tempo, bpm: number | null): Tempo {
  const { beats, firstDownbeat, meter } = tempo;
  if (beats.length < 2) return { ...tempo, bpm: bpm ?? tempo.bpm, steady: true };
  const origin = nearest(beats, firstDownbeat);
  const middle = (beats.length - 1) / 2;
  const mean = beats.reduce((sum, beat) => sum + beat, 0) / beats.length;
  const products = beats.reduce((sum, beat, at) => sum + (at - middle) * (beat - mean), 0);
  const squares = beats.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  const period = bpm === null ? products / squares : beatSeconds({ bpm, meter });
  return {
    ...tempo,
    bpm: bpm ?? 240 / (period * meter.denominator),
    firstDownbeat: mean + (origin - middle) * period,
    steady: true,
  };
}

const moved = (tempo: Tempo, seconds: number): Tempo => ({
  ...tempo,
  firstDownbeat: tempo.firstDownbeat + seconds,
  beats: tempo.beats.map(beat => beat + seconds),
});
