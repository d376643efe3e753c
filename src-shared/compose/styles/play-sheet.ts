import type { Random } from '../../base';
import { type Meter, stepsPerBar } from '../../model';
import { beatsOf, eighthsByWeight } from '../beats';
import { type FillSheet, type Lane, STROKE_VELOCITIES, type StyleSheet } from './sheet';
import { type BarContext, type Stroke, type Style, stroke } from './style';

const SHEET_BEATS = 4;
const BEAT_STEPS = 4;
const SHEET_STEPS = SHEET_BEATS * BEAT_STEPS;
/** `motionKeep` at which a sheet sounds as it is written. */
const KEEP_AS_WRITTEN = 6;
const MOTION_IN_BETWEEN = 0.4;

/** Plays a sheet in any meter: the seed chooses phrases for the whole pattern, and turns that come back every four bars. */
export const playSheet =
  (sheet: StyleSheet): Style =>
  context => {
    const { meter, bar } = context;
    const hasCrash = sheet.crash && bar % 4 === 0;
    const fill = context.hasFill ? context.random.fork('fill').pick(sheet.fills) : null;
    const fillStart = stepsPerBar(meter) - (fill ? fillLength(fill) : 0);
    const written = sheet.lanes
      .filter(({ role }) => role !== 'TEXTURE' || context.texture)
      .flatMap((lane, index) => playLane(lane, index, context))
      .filter(({ role, step }) => role === 'CORE' || step < fillStart)
      .filter(({ role, step }) => !(hasCrash && role === 'MOTION' && step === 0));
    return [
      ...written.filter(({ role }) => role !== 'MOTION'),
      ...keepMotion(oneHat(written.filter(({ role }) => role === 'MOTION')), context),
      ...(hasCrash ? [stroke('FILL', 'crash', 0, 0.85, 8)] : []),
      ...(fill ? playFill(fill, meter) : []),
    ];
  };

function playLane(lane: Lane, index: number, context: BarContext): Stroke[] {
  const phrase = phraseOf(lane, index, context);
  const half = phrase.length > SHEET_STEPS && context.bar % 2 === 1 ? SHEET_STEPS : 0;
  const chance = context.random.fork('maybe', index);
  return placesOf(context.meter, context.bar, lane.role === 'MOTION').flatMap(({ step, sheetStep }) => {
    const mark = phrase[half + sheetStep] ?? '.';
    return mark === '.' || (mark === '?' && !chance.chance(0.5)) ? [] : [strokeOf(lane, mark, step)];
  });
}

const strokeOf = ({ role, instrument }: Lane, mark: string, step: number): Stroke =>
  stroke(role, instrument, step, STROKE_VELOCITIES[mark] ?? 0, 1);

/** The lane's phrase in this bar: the pattern's own, or another one where a turn comes. */
function phraseOf({ phrases }: Lane, index: number, { whole, variant, bar }: BarContext): string {
  const lane = whole.fork('lane', index);
  const own = lane.fork('phrase').below(phrases.length) + variant;
  return phrases[(own + turnAt(lane, bar)) % phrases.length] ?? '';
}

/** Which neighbour of its phrase a lane plays in a bar: mostly none; turns come back after four bars. */
function turnAt(lane: Random, bar: number): number {
  if (bar % 2 === 0) return 0;
  return lane.fork('turn', bar % 4).chance(bar % 4 === 3 ? 0.4 : 0.2) ? 1 : 0;
}

/** Which sheet step each step of a bar plays. */
interface Place {
  readonly step: number;
  readonly sheetStep: number;
}

/**
 * A sheet's four beats laid into a bar: meters of one or two beats take it by halves or quarters, of more than four again from the
 * start. Beats of six sixteenths (6/8) play a sheet beat's eighths on the first and last of their three, and hats on all three;
 * a long last beat (7/8) says its second half twice.
 */
function placesOf(meter: Meter, bar: number, isMotion: boolean): Place[] {
  const beats = beatsOf(meter);
  const steps = stepsPerBar(meter);
  const isCompound = meter.numerator % 3 === 0 && meter.numerator > 3 && meter.denominator >= 8;
  return beats.flatMap((start, beat) => {
    const length = (beats[beat + 1] ?? steps) - start;
    const sheetStart = sheetBeat(beat, beats.length, bar) * BEAT_STEPS;
    const offsets = isCompound && length === 6 ? (isMotion ? COMPOUND_HATS : COMPOUND) : SIMPLE;
    return offsets
      .filter(([into]) => into < length)
      .map(([into, sheetInto]) => ({ step: start + into, sheetStep: sheetStart + sheetInto }));
  });
}

/** Pairs of a position in the beat and the sheet's position that it plays. */
type Offsets = readonly (readonly [number, number])[];

const SIMPLE: Offsets = [
  [0, 0],
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 2],
  [5, 3],
];
const COMPOUND: Offsets = [
  [0, 0],
  [2, 1],
  [4, 2],
  [5, 3],
];
const COMPOUND_HATS: Offsets = [
  [0, 0],
  [2, 2],
  [4, 2],
  [5, 3],
];

function sheetBeat(beat: number, beats: number, bar: number): number {
  if (beats <= 2) return (bar * beats + beat) % SHEET_BEATS;
  return beat === beats - 1 && beats % SHEET_BEATS === 1 ? 2 : beat % SHEET_BEATS;
}

/** A pair of hats is open or closed: an open stroke takes the place of a closed one. */
const oneHat = (strokes: readonly Stroke[]): Stroke[] =>
  strokes.filter(
    ({ instrument, step }) =>
      instrument !== 'chh' || !strokes.some(other => other.instrument === 'ohh' && other.step === step),
  );

/**
 * Hats thinner or denser than written: the share `motionKeep / 6` of the strokes stays (mode A the metrically strongest, mode B
 * drawn); above 6 soft strokes come in on eighths that were free.
 */
function keepMotion(
  strokes: readonly Stroke[],
  { motionKeep, motionMode, meter, random }: BarContext,
): Stroke[] {
  const [first] = strokes;
  if (!first) return [];
  const softer = strokes.some(({ instrument }) => instrument === 'chh') ? 'chh' : first.instrument;
  const wanted = Math.max(1, Math.round((strokes.length * motionKeep) / KEEP_AS_WRITTEN));
  const weights = eighthsByWeight(meter);
  const weight = ({ step }: Stroke): number => (weights.includes(step) ? weights.indexOf(step) : Infinity);
  if (wanted <= strokes.length) {
    const ordered =
      motionMode === 'A'
        ? [...strokes].sort((a, b) => (weight(a) === weight(b) ? a.step - b.step : weight(a) - weight(b)))
        : random.fork('motion').shuffled(strokes);
    return ordered.slice(0, wanted);
  }
  const free = weights.filter(step => strokes.every(each => each.step !== step));
  const added = (motionMode === 'A' ? free : random.fork('motion').shuffled(free)).slice(
    0,
    wanted - strokes.length,
  );
  return [...strokes, ...added.map(step => stroke('MOTION', softer, step, MOTION_IN_BETWEEN, 1))];
}

const fillLength = (fill: FillSheet): number => fill[0]?.phrases[0]?.length ?? 0;

/** The fill's end falls on the bar's end; of a bar that is shorter, what fits. */
function playFill(fill: FillSheet, meter: Meter): Stroke[] {
  const start = stepsPerBar(meter) - fillLength(fill);
  return fill.flatMap(lane =>
    Array.from(lane.phrases[0] ?? '').flatMap((mark, index) =>
      mark === '.' || start + index < 0 ? [] : [strokeOf(lane, mark, start + index)],
    ),
  );
}
