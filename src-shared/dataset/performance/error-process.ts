import type { Random } from '../../base';

/**
 * A drummer's timing errors are not white: what is late stays late for a while. Three first-order processes with time constants of 2, 8 and
 * 32 strokes and a motor term m_n - m_(n-1) (Wing & Kristofferson 1973), with weights fitted to the autocorrelation of errors in the Groove
 * MIDI Dataset: .56 .42 .27 .09 at lags 1 2 4 8 (here .54 .43 .26 .13; `test/unit/dataset/error-process.test.ts`).
 */
const TIME_CONSTANTS = [2, 8, 32] as const;
const WEIGHTS = [0.58, 0.275, 0.02] as const;
const MOTOR_WEIGHT = 0.0625;

const KEEPS = TIME_CONSTANTS.map(constant => Math.exp(-1 / constant));
const FRESH = KEEPS.map(keep => Math.sqrt(1 - keep * keep));
const SCALES = WEIGHTS.map(Math.sqrt);
const MOTOR_SCALE = Math.sqrt(MOTOR_WEIGHT);

/** Its theoretical autocorrelation at `lag`. */
export function errorAutocorrelation(lag: number): number {
  const motor = lag === 0 ? 2 * MOTOR_WEIGHT : lag === 1 ? -MOTOR_WEIGHT : 0;
  const variance = WEIGHTS.reduce((sum, weight) => sum + weight, 0) + 2 * MOTOR_WEIGHT;
  return (
    (WEIGHTS.reduce((sum, weight, k) => sum + weight * (KEEPS[k] as number) ** lag, 0) + motor) / variance
  );
}

/** `count` errors of variance 1, from the stationary state; stroke n draws from `random.fork(n)`. */
export function errorSeries(count: number, random: Random): Float64Array {
  const series = new Float64Array(count);
  const start = random.fork('start');
  const state = KEEPS.map(() => start.normal());
  let motor = start.normal();
  for (let n = 0; n < count; n++) {
    const drawn = random.fork(n);
    let error = 0;
    for (let k = 0; k < state.length; k++) {
      const next = (KEEPS[k] as number) * (state[k] as number) + (FRESH[k] as number) * drawn.normal();
      state[k] = next;
      error += (SCALES[k] as number) * next;
    }
    const moved = drawn.normal();
    series[n] = error + MOTOR_SCALE * (moved - motor);
    motor = moved;
  }
  return series;
}
