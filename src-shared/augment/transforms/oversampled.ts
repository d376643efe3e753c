import { type CurveTable, Doubler, halfRateTaps, Halver } from '../../dsp';

/** 63 taps: flat to .42 of the lower rate (18.5 kHz of 44.1), 80 dB down from .58; what the doubling to four times adds lies far off. */
const STEEP = halfRateTaps(63);
const WIDE_UP = halfRateTaps(23);
const WIDE_DOWN = halfRateTaps(27);
/** (31 + (11 + 13) / 2 + 31) / 2 frames. */
const DELAY_FRAMES = 37;
const BLOCK = 4096;

/** A curve bent at four times the rate, so that what it adds above half the rate does not fold back; no delay. */
export function oversampled(samples: Float32Array, curve: CurveTable): Float32Array {
  const up = [new Doubler(STEEP), new Doubler(WIDE_UP)] as const;
  const down = [new Halver(WIDE_DOWN), new Halver(STEEP)] as const;
  const input = new Float64Array(BLOCK);
  const twice = new Float64Array(2 * BLOCK);
  const fourTimes = new Float64Array(4 * BLOCK);
  const output = new Float32Array(samples.length);
  for (let start = 0; start < samples.length + DELAY_FRAMES; start += BLOCK) {
    input.fill(0);
    input.set(samples.subarray(start, start + BLOCK));
    up[0].pass(input, BLOCK, twice);
    up[1].pass(twice, 2 * BLOCK, fourTimes);
    curve.bend(fourTimes, 4 * BLOCK);
    down[0].pass(fourTimes, 2 * BLOCK, twice);
    down[1].pass(twice, BLOCK, input);
    const first = start - DELAY_FRAMES;
    for (let frame = Math.max(0, -first); frame < BLOCK && first + frame < samples.length; frame++)
      output[first + frame] = input[frame]!;
  }
  return output;
}
