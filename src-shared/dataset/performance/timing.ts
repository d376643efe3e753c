import type { Random } from '../../base';
import { type Player, tempoPenalty, weakHand } from '../players';
import { errorSeries } from './error-process';
import type { Slot } from './material';

/** The interval at which `timing_accuracy` holds: sixteenths at 120 BPM. */
const REFERENCE_IOI_MS = 125;
/** A mean absolute error as a standard deviation. */
const DEVIATION_OF_MEAN_ERROR = Math.sqrt(Math.PI / 2);
/** Errors stay within a share of the interval, however fast: beyond it strokes would change places. */
const MOST_OF_IOI = 0.35;
const MOST_OF_GAP = 0.6;
/** Grooves of two hands and two feet spread more than a pad exercise: 18.6 ms on hi-hats (Groove MIDI Dataset) where the pad has 11. */
const KIT_SPREAD = 1.6;
/** How much of an independent error the second stroke of a diddle has: the stick rebounds. */
const REBOUND = 0.8;
/** A drift is caught by the player's own pulse over so many beats. */
const DRIFT_BEATS = 8;
/** Of an interval, for a player without any evenness. */
const MOST_UNEVENNESS = 0.3;
const CONSISTENCY_MS = 10;

export interface TimingContext {
  readonly player: Player;
  readonly tempo: number;
  readonly beats: number;
  readonly isGroove: boolean;
  readonly random: Random;
}

/**
 * How late each slot is played in ms before anything goes wrong: the correlated error, scaled by tempo (its deviation grows with the
 * square root of the interval, which gives 22 ms slow and 15 ms fast as measured), limb, evenness, fatigue, and drift.
 */
export function timingErrors(slots: readonly Slot[], context: TimingContext): Float64Array {
  const { player, tempo, beats, isGroove, random } = context;
  const { dimensions, fatigue_coefficient, mean_offset } = player;
  const beatMs = 60_000 / tempo;
  const onsets = onsetsOf(slots);
  const times = onsets.beats;
  const ioi = (beats * beatMs) / Math.max(1, times.length);
  const deviation = Math.min(
    MOST_OF_IOI * ioi,
    DEVIATION_OF_MEAN_ERROR *
      dimensions.timing_accuracy *
      Math.sqrt(ioi / REFERENCE_IOI_MS) *
      tempoPenalty(player, tempo) *
      (isGroove ? KIT_SPREAD : 1),
  );
  const series = errorSeries(times.length, random.fork('error'));
  const jitter = random.fork('motor');
  const uneven = random.fork('evenness');
  const weak = weakHand(player);
  const driftSign = random.fork('drift').chance(0.5) ? 1 : -1;
  const drift = driftSign * dimensions.tempo_drift * beatMs * DRIFT_BEATS;
  const unevenMs = MOST_UNEVENNESS * (1 - dimensions.subdivision_evenness) * Math.min(ioi, 250);
  const result = new Float64Array(slots.length);
  const unevenAt = new Map<number, number>();
  let motor = 0;
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index] as Slot;
    const onset = onsets.of[index] as number;
    const at = times[onset] as number;
    const before = onset > 0 ? (at - (times[onset - 1] as number)) * beatMs : ioi;
    const after = onset + 1 < times.length ? ((times[onset + 1] as number) - at) * beatMs : before;
    const isWeak = slot.hand === weak && slot.limb.length === 1;
    const tired = 1 + 0.5 * (at / Math.max(beats, 1)) * fatigue_coefficient;
    const moved = jitter.fork(index).normal();
    let error = deviation * (series[onset] as number);
    error +=
      Math.min(CONSISTENCY_MS, ioi / 10) * dimensions.timing_consistency * Math.SQRT1_2 * (moved - motor);
    motor = moved;
    error *= tired * (isWeak ? 1 + dimensions.lr_consistency_delta : 1);
    if (slot.diddle === 2 && index > 0) {
      const first = result[index - 1] as number;
      error = first + REBOUND * (error - first);
    }
    const most = MOST_OF_GAP * Math.min(before, after);
    result[index] = most * Math.tanh(error / most);
    let bias = unevenAt.get(slot.position);
    if (bias === undefined) {
      bias = unevenMs * uneven.fork(slot.position).normal();
      unevenAt.set(slot.position, bias);
    }
    result[index] = (result[index] as number) + bias;
  }
  const ratios = random.fork('diddle');
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index] as Slot;
    const at = slot.beat;
    let late = result[index] as number;
    if (slot.diddle === 2) {
      const written = (at - (slots[index - 1] as Slot).beat) * beatMs;
      const ratio = ratios.fork(index).normal(dimensions.diddle_evenness, dimensions.diddle_variance);
      late += written * (Math.min(1.5, Math.max(0.5, ratio)) - 1);
    }
    if (slot.hand === weak && slot.limb.length === 1) late += dimensions.lr_timing_bias;
    result[index] = late + mean_offset + drift * (1 - Math.exp(-at / DRIFT_BEATS));
  }
  return result;
}

/** The distinct beats of the slots, and which of them each slot stands on. */
function onsetsOf(slots: readonly Slot[]): { readonly beats: number[]; readonly of: Int32Array } {
  const beats: number[] = [];
  const of = new Int32Array(slots.length);
  slots.forEach(({ beat }, index) => {
    if (beats.at(-1) !== beat) beats.push(beat);
    of[index] = beats.length - 1;
  });
  return { beats, of };
}
