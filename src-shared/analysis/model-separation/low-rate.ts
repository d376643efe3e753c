import { SampleQueue } from '../../dsp';

/** Frames of the song that stand for one of its low-rate copy: 2756 Hz of 44.1 kHz, where kick, bass and snare bodies lie. */
export const LOW_RATE_DIVISOR = 16;

/** Hertz at 44.1 kHz. What lies above 1756 Hz would fold back below 1000. */
const DOWN = { pass: 1000, stop: 1756, half: 128 };
/** What is brought back fades out from 250 to 900 Hz, and with it the images of the low rate, above 1856 Hz. */
const UP = { pass: 250, stop: 900, half: 192 };
const SAMPLE_RATE = 44_100;

/** A sixteenth of a stream's rate. Zero phase: low frame n stands where frame 16 n stood. */
export class LowRate {
  readonly #taps = raisedCosine(DOWN);
  readonly #held = new SampleQueue();

  constructor() {
    this.#held.pushZeros(DOWN.half);
  }

  push(values: Float32Array): Float32Array {
    this.#held.push(values);
    return this.#take();
  }

  /** The rest, as if silence followed. */
  finish(): Float32Array {
    this.#held.pushZeros(DOWN.half);
    return this.#take();
  }

  #take(): Float32Array {
    const taps = this.#taps;
    const count = Math.max(0, Math.floor((this.#held.length - taps.length) / LOW_RATE_DIVISOR) + 1);
    const held = this.#held.peek(this.#held.length);
    const low = new Float32Array(count);
    for (let at = 0; at < count; at++) {
      let sum = 0;
      for (let tap = 0; tap < taps.length; tap++) sum += taps[tap]! * held[at * LOW_RATE_DIVISOR + tap]!;
      low[at] = sum;
    }
    this.#held.drop(count * LOW_RATE_DIVISOR);
    return low;
  }
}

/** Low frames on either side of a frame that it is made of. */
export const LOW_REACH = UP.half / LOW_RATE_DIVISOR;

const UP_TAPS = raisedCosine(UP).map(tap => tap * LOW_RATE_DIVISOR);

/** Frames from `start` on, at the song's rate, of the low-rate signal whose frame `lowStart` is `low[0]`; silence around it. */
export function fromLowRate(low: Float32Array, lowStart: number, start: number, count: number): Float32Array {
  const frames = new Float32Array(count);
  for (let at = 0; at < count; at++) {
    const frame = start + at;
    const middle = Math.floor(frame / LOW_RATE_DIVISOR);
    const first = Math.max(lowStart, middle - LOW_REACH + 1);
    const last = Math.min(lowStart + low.length - 1, middle + LOW_REACH);
    let sum = 0;
    for (let near = first; near <= last; near++) {
      sum += low[near - lowStart]! * UP_TAPS[UP.half + frame - near * LOW_RATE_DIVISOR]!;
    }
    frames[at] = sum;
  }
  return frames;
}

/** Low-pass of sum 1 whose gain falls as half a cosine from `pass` to `stop`, under a Hann window of `2 * half + 1` taps. */
function raisedCosine({ pass, stop, half }: typeof DOWN): Float64Array {
  const middle = (pass + stop) / 2 / SAMPLE_RATE;
  const width = (stop - pass) / 2 / SAMPLE_RATE;
  const taps = Float64Array.from({ length: 2 * half + 1 }, (_, tap) => {
    const time = tap - half;
    const sinc = time === 0 ? 1 : Math.sin(2 * Math.PI * middle * time) / (2 * Math.PI * middle * time);
    const edge = 4 * width * time;
    // Its limit where both numerator and denominator vanish is a quarter of pi.
    const roll =
      Math.abs(Math.abs(edge) - 1) < 1e-9 ? Math.PI / 4 : Math.cos((Math.PI / 2) * edge) / (1 - edge ** 2);
    return sinc * roll * (0.5 + 0.5 * Math.cos((Math.PI * time) / (half + 1)));
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map(tap => tap / sum);
}
