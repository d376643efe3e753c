/**
 * Taps on each side of an output frame, counted at the lower of the two rates, and the Kaiser window's shape: stop band
 * 126 dB down, passband flat to 0.914 of the lower Nyquist frequency (20.15 kHz of 22.05).
 */
const HALF_TAPS = 96;
const KAISER_BETA = 13;
/** Width of the transition in cycles per frame. @see Kaiser 1974: (A - 7.95) / (14.36 N), A = beta / 0.1102 + 8.7 */
const TRANSITION = (KAISER_BETA / 0.1102 + 8.7 - 7.95) / (14.36 * 2 * HALF_TAPS);

/**
 * Converts a stream from one sample rate to another by a Kaiser-windowed polyphase filter. Zero phase: output frame n
 * stands exactly where input frame n * from / to stood, and the output's length is the input's times to / from, rounded.
 * @see Oppenheim & Schafer, "Discrete-Time Signal Processing", 4.6
 */
export class Resampler {
  readonly fromRate: number;
  readonly toRate: number;
  /** The ratio to / from in lowest terms. */
  readonly #up: number;
  readonly #down: number;
  readonly #half: number;
  /** One row of `2 * half` taps for each of `up` positions between two input frames. */
  readonly #taps: Float64Array;
  /** Per channel the input from frame `#heldStart` on; frames before 0 are zeros. */
  #held: Float32Array[];
  #heldStart: number;
  #received = 0;
  #emitted = 0;

  constructor(fromRate: number, toRate: number, channelCount: number) {
    this.fromRate = fromRate;
    this.toRate = toRate;
    const divisor = greatestCommonDivisor(fromRate, toRate);
    this.#up = toRate / divisor;
    this.#down = fromRate / divisor;
    this.#half = Math.ceil(HALF_TAPS * Math.max(1, fromRate / toRate));
    this.#taps = designTaps(this.#up, this.#half, Math.min(1, toRate / fromRate));
    this.#heldStart = -this.#half;
    this.#held = Array.from({ length: channelCount }, () => new Float32Array(this.#half));
  }

  /** Forgets what was pushed and begins another stream: its taps, which take a while to design, stay. */
  restart(): void {
    this.#heldStart = -this.#half;
    this.#held = this.#held.map(() => new Float32Array(this.#half));
    this.#received = 0;
    this.#emitted = 0;
  }

  /** Takes the next input frames and answers the output frames that they complete. */
  push(channels: readonly Float32Array[]): Float32Array[] {
    const count = channels[0]?.length ?? 0;
    this.#held = this.#held.map((held, channel) => {
      const longer = new Float32Array(held.length + count);
      longer.set(held);
      longer.set(channels[channel]!, held.length);
      return longer;
    });
    this.#received += count;
    // The last output whose rightmost tap, at floor(n * down / up) + half, has arrived.
    const reach = this.#received - this.#half;
    return this.#emit(reach <= 0 ? 0 : Math.ceil((reach * this.#up) / this.#down));
  }

  /** The rest, as if silence followed. */
  finish(): Float32Array[] {
    const total = Math.round((this.#received * this.#up) / this.#down);
    this.#held = this.#held.map(held => {
      const longer = new Float32Array(held.length + 2 * this.#half + 1);
      longer.set(held);
      return longer;
    });
    return this.#emit(total);
  }

  #emit(end: number): Float32Array[] {
    const start = this.#emitted;
    const count = Math.max(0, end - start);
    const taps = this.#taps;
    const width = 2 * this.#half;
    const output = this.#held.map(held => {
      const samples = new Float32Array(count);
      for (let index = 0; index < count; index++) {
        const position = (start + index) * this.#down;
        const frame = Math.floor(position / this.#up);
        const row = (position - frame * this.#up) * width;
        const first = frame - this.#half + 1 - this.#heldStart;
        let sum = 0;
        for (let tap = 0; tap < width; tap++) sum += held[first + tap]! * taps[row + tap]!;
        samples[index] = sum;
      }
      return samples;
    });
    this.#emitted += count;
    const needed = Math.floor((this.#emitted * this.#down) / this.#up) - this.#half + 1 - this.#heldStart;
    const spent = Math.max(0, Math.min(needed, this.#held[0]?.length ?? 0));
    this.#held = this.#held.map(held => held.slice(spent));
    this.#heldStart += spent;
    return output;
  }
}

/** Rows of taps between two input frames for speeds of any ratio; between rows taps are interpolated, -105 dB of error. */
const SPEED_PHASES = 512;

/** Frames that so many leave at a speed. */
export const framesAtSpeed = (frames: number, speed: number): number =>
  frames === 0 ? 0 : Math.max(1, Math.round(frames / speed));

/** The whole of `channels` played at `speed` times their own, by the filter of `Resampler`: any ratio, zero phase, silence around. */
export function atSpeed(channels: readonly Float32Array[], speed: number): Float32Array[] {
  const frames = channels[0]?.length ?? 0;
  if (speed === 1 || frames === 0) return channels.map(channel => channel.slice());
  const slower = Math.max(1, speed);
  const half = Math.ceil(HALF_TAPS * slower);
  const phases = Math.ceil(SPEED_PHASES / slower);
  const taps = designTaps(phases, half, 1 / slower, phases + 1);
  const width = 2 * half;
  const count = framesAtSpeed(frames, speed);
  return channels.map(channel => {
    const output = new Float32Array(count);
    for (let index = 0; index < count; index++) {
      const position = index * speed;
      const frame = Math.floor(position);
      const phase = (position - frame) * phases;
      const row = Math.floor(phase);
      const share = phase - row;
      const here = row * width;
      const first = frame - half + 1;
      const to = Math.min(width, frames - first);
      let low = 0;
      let high = 0;
      for (let tap = Math.max(0, -first); tap < to; tap++) {
        const value = channel[first + tap]!;
        low += value * taps[here + tap]!;
        high += value * taps[here + width + tap]!;
      }
      output[index] = low + share * (high - low);
    }
    return output;
  });
}

/** Rows of taps: row p holds the filter for an output p / up of a frame after an input frame. */
function designTaps(up: number, half: number, ratio: number, rows = up): Float64Array {
  const width = 2 * half;
  // The stop band begins at the lower Nyquist frequency, so that nothing folds back.
  const cutoff = (1 - TRANSITION) * ratio;
  const atZero = besselI0(KAISER_BETA);
  const taps = new Float64Array(rows * width);
  for (let phase = 0; phase < rows; phase++) {
    let sum = 0;
    for (let tap = 0; tap < width; tap++) {
      const distance = tap - half + 1 - phase / up;
      const x = distance / half;
      const window = Math.abs(x) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / atZero;
      const value = cutoff * sinc(cutoff * distance) * window;
      taps[phase * width + tap] = value;
      sum += value;
    }
    // Every phase passes a constant unchanged, or the phases' differences would sound as a tone.
    for (let tap = 0; tap < width; tap++) taps[phase * width + tap]! /= sum;
  }
  return taps;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** Modified Bessel function of the first kind, order 0, by its power series. */
export function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let order = 1; term > sum * 1e-17; order++) {
    term *= (x / (2 * order)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
