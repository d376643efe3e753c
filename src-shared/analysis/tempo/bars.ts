import { COMMON_TIME, type Meter, type MeterCandidate } from '../../model';
import { type Accent, VOICES } from './accents';
import { barMeans, type BeatParts, likenessAt, partsOf } from './bar-evidence';
import { commonTimeFits } from './bar-patterns';

export interface BarGuess {
  readonly meter: Meter;
  /** Beats of the meter to one beat of the pulse: 2 where eighths are counted, 3 in compound time. */
  readonly perPulse: number;
  /** The counted beat that begins bar 1; before the first beat of the pulse where a stroke begins it. */
  readonly firstBar: number;
  /** Chance that bars begin there, given the meter. */
  readonly confidence: number;
  readonly meters: readonly MeterCandidate[];
}

/** A meter as the pulse sees it: its bar in pulses, and the beats that it counts to each. */
interface MeterShape {
  readonly meter: Meter;
  readonly pulses: number;
  readonly perPulse: number;
  /** How unusual it is: what its likeness must be better by than common time's. */
  readonly handicap: number;
}

const of = (numerator: number, denominator: 4 | 8): Meter => ({ numerator, denominator });
const SIMPLE: readonly MeterShape[] = [
  { meter: COMMON_TIME, pulses: 4, perPulse: 1, handicap: 0 },
  { meter: of(3, 4), pulses: 3, perPulse: 1, handicap: 0.12 },
  { meter: of(5, 4), pulses: 5, perPulse: 1, handicap: 0.16 },
  { meter: of(7, 8), pulses: 3.5, perPulse: 2, handicap: 0.16 },
  { meter: of(5, 8), pulses: 2.5, perPulse: 2, handicap: 0.2 },
  { meter: of(7, 4), pulses: 7, perPulse: 1, handicap: 0.24 },
];
const COMPOUND: readonly MeterShape[] = [
  { meter: of(12, 8), pulses: 4, perPulse: 3, handicap: 0 },
  { meter: of(6, 8), pulses: 2, perPulse: 3, handicap: 0.02 },
  { meter: of(9, 8), pulses: 3, perPulse: 3, handicap: 0.12 },
];

/** Pulses over which bars are compared. */
const MOST_PULSES = 16;
/** Differences of likeness in this many hundredths are told apart with e : 1. */
const METER_SHARPNESS = 0.05;
const LEAST_METER_CONFIDENCE = 0.03;
/** Nats a bar for the bar that the first kick or crash begins, as most recordings do. */
const BEGINNING = 0.4;
/** How loud such a stroke must be, 0..1. */
const CLEAR_STROKE = 0.3;
/** Bars are much like each other: a fit is believed as if that many were independent, at most. */
const MOST_INDEPENDENT_BARS = 6;

/** The meter and where its bars begin, from beats and what sounds at them. */
export function guessBars(beats: readonly number[], accents: readonly Accent[]): BarGuess {
  const isCompound = soundsCompound(beats, accents);
  const shapes = isCompound ? COMPOUND : SIMPLE;
  const parts = partsOf(beats, accents, isCompound ? 3 : 4);
  const weighed = shapes
    .map(shape => ({ shape, score: periodicity(parts, shape.pulses) - shape.handicap }))
    .sort((a, b) => b.score - a.score);
  const best = weighed[0]!;
  const chances = weighed.map(({ score }) => Math.exp((score - best.score) / METER_SHARPNESS));
  const all = chances.reduce((sum, chance) => sum + chance, 0);
  const meters = weighed
    .map(({ shape }, at) => ({ meter: shape.meter, confidence: chances[at]! / all }))
    .filter(({ confidence }) => confidence >= LEAST_METER_CONFIDENCE);
  const { meter, perPulse, pulses } = best.shape;
  const beginning = beginningOf(parts, accents, beats) / (parts.partsPerBeat / perPulse);
  const beginsAt = (phase: number): boolean => (beginning - phase) % meter.numerator === 0;
  const phases = phaseFits(parts, meter, pulses, perPulse).map((fit, phase) =>
    beginsAt(phase) ? fit + BEGINNING : fit,
  );
  const most = Math.max(...phases);
  const phase = phases.indexOf(most);
  const firstBar = beginsAt(phase) ? Math.min(phase, beginning) : phase;
  const bars = Math.min(MOST_INDEPENDENT_BARS, parts.partCount / parts.partsPerBeat / pulses);
  const phaseSum = phases.reduce((sum, fit) => sum + Math.exp(bars * (fit - most)), 0);
  return { meter, perPulse, firstBar, confidence: 1 / phaseSum, meters };
}

/** The part of a beat on which the first kick or crash falls; NaN without one. */
function beginningOf(
  { partsPerBeat }: BeatParts,
  accents: readonly Accent[],
  beats: readonly number[],
): number {
  const first = accents.find(({ voices, low }) =>
    voices ? Math.max(voices.kick, voices.crash) >= CLEAR_STROKE : low >= CLEAR_STROKE,
  );
  const [start = 0, next = 1] = beats;
  return first ? Math.round((partsPerBeat * (first.time - start)) / (next - start)) : Number.NaN;
}

/** How much more alike the music is to itself whole bars later than at other distances. */
function periodicity(parts: BeatParts, pulses: number): number {
  const perBeat = parts.partsPerBeat;
  const reach = Math.min(MOST_PULSES, Math.floor(parts.partCount / perBeat / 2));
  const bar = pulses * perBeat;
  const whole: number[] = [];
  const other: number[] = [];
  // Distances on the half pulse, or on the pulse where bars hold whole ones only.
  const step = Number.isInteger(pulses) ? perBeat : perBeat / 2;
  for (let lag = step; lag <= reach * perBeat; lag += step) {
    if (lag % bar === 0) whole.push(likenessAt(parts, lag));
    else if (lag % perBeat === 0) other.push(likenessAt(parts, lag));
  }
  return meanOf(whole) - meanOf(other);
}

/** Nats a bar, or what stands for them, by the counted beat at which the first whole bar begins. */
function phaseFits(parts: BeatParts, meter: Meter, pulses: number, perPulse: number): number[] {
  const perBeat = parts.partsPerBeat;
  const partsPerCount = perBeat / perPulse;
  if (meter.numerator === 4 && meter.denominator === 4)
    return commonTimeFits(parts).filter((_, phase) => phase % perBeat === 0);
  return Array.from({ length: meter.numerator }, (_, phase) =>
    // Compound bars begin on a pulse.
    perPulse === 3 && phase % 3 !== 0 ? -100 : accentFit(parts, pulses * perBeat, phase * partsPerCount),
  );
}

/** What a stroke of each voice on the first beat says for a bar there, against the same stroke elsewhere. */
const FIRST_BEAT = { kick: 1, snare: -0.8, toms: -0.3, hat: 0, crash: 2 } as const;
const ACCENT_NATS = 8;

function accentFit(parts: BeatParts, barParts: number, phase: number): number {
  return VOICES.reduce((fit, voice, index) => {
    const means = barMeans(parts, index, barParts, phase);
    return fit + ACCENT_NATS * FIRST_BEAT[voice] * ((means[0] ?? 0) - meanOf(means));
  }, 0);
}

/** Onsets this near to a third of a beat lie on it, in beats. */
const NEAR_THIRD = 0.07;

/** Whether beats have three parts: strokes on both thirds, not only on the second as in a shuffle, and few at the half. */
function soundsCompound(beats: readonly number[], accents: readonly Accent[]): boolean {
  let beat = 0;
  let [firsts, seconds, halves] = [0, 0, 0];
  for (const { time } of accents) {
    while (beat + 2 < beats.length && beats[beat + 1]! <= time) beat++;
    const place = (time - beats[beat]!) / (beats[beat + 1]! - beats[beat]!);
    if (Math.abs(place - 1 / 3) < NEAR_THIRD) firsts++;
    else if (Math.abs(place - 2 / 3) < NEAR_THIRD) seconds++;
    else if (Math.abs(place - 0.5) < NEAR_THIRD) halves++;
  }
  return Math.min(firsts, seconds) > 0.6 * beats.length && firsts + seconds > 5 * halves;
}

const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at]!;
  return sum / Math.max(1, values.length);
};
