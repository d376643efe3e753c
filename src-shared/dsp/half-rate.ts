import { besselI0 } from './resample';

/** Kaiser's shape for a stop band 80 dB down. */
const BETA = 7.86;

/** A windowed sinc of `taps` taps that cuts at a quarter of its rate; with 4 n - 1 taps it is a half-band filter: every second tap but the middle is 0. */
export function halfRateTaps(taps: number): Float64Array {
  const centre = (taps - 1) / 2;
  const values = Float64Array.from({ length: taps }, (_, tap) => {
    const distance = tap - centre;
    const x = distance / (centre + 1);
    const angle = (Math.PI * distance) / 2;
    const sinc = distance === 0 ? 1 : Math.abs(Math.sin(angle)) < 1e-12 ? 0 : Math.sin(angle) / angle;
    return (sinc * besselI0(BETA * Math.sqrt(1 - x * x))) / besselI0(BETA);
  });
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map(value => value / sum);
}

/** Every second tap from `first`, cut to those that are not 0, and how many came before. */
function phaseOf(taps: Float64Array, first: 0 | 1): { readonly skip: number; readonly taps: Float64Array } {
  const phase = taps.filter((_, tap) => tap % 2 === first);
  const used = [...phase.keys()].filter(tap => phase[tap] !== 0);
  const skip = used[0] ?? 0;
  return { skip, taps: phase.slice(skip, (used.at(-1) ?? 0) + 1) };
}

/** Doubles the rate of a stream; the delay is (taps - 1) / 2 frames of the higher rate. */
export class Doubler {
  readonly #phases: readonly ReturnType<typeof phaseOf>[];
  readonly #held: number;
  #line: Float64Array;

  constructor(taps: Float64Array) {
    const doubled = taps.map(tap => 2 * tap);
    this.#phases = [phaseOf(doubled, 0), phaseOf(doubled, 1)];
    this.#held = Math.ceil(taps.length / 2) - 1;
    this.#line = new Float64Array(this.#held);
  }

  clear(): void {
    this.#line.fill(0);
  }

  /** Writes the `2 * count` frames of `input`'s first `count` to `output`. */
  pass(input: Float64Array, count: number, output: Float64Array): void {
    const held = this.#held;
    this.#line = lengthened(this.#line, held, count);
    const line = this.#line;
    for (let frame = 0; frame < count; frame++) line[held + frame] = input[frame]!;
    for (const [odd, { skip, taps }] of this.#phases.entries()) {
      for (let frame = 0; frame < count; frame++) {
        const newest = held + frame - skip;
        let sum = 0;
        for (let tap = 0; tap < taps.length; tap++) sum += taps[tap]! * line[newest - tap]!;
        output[2 * frame + odd] = sum;
      }
    }
    line.copyWithin(0, count, count + held);
  }
}

/** Halves the rate of a stream; the delay is (taps - 1) / 2 frames of the higher rate. */
export class Halver {
  readonly #even: ReturnType<typeof phaseOf>;
  readonly #odd: ReturnType<typeof phaseOf>;
  readonly #held: number;
  #line: Float64Array;

  constructor(taps: Float64Array) {
    this.#even = phaseOf(taps, 0);
    this.#odd = phaseOf(taps, 1);
    // An odd tap more than the even ones reach: output n looks at frames 2 n and before.
    this.#held = 2 * Math.ceil(taps.length / 2);
    this.#line = new Float64Array(this.#held);
  }

  clear(): void {
    this.#line.fill(0);
  }

  /** Writes the `count` frames of `input`'s first `2 * count` to `output`. */
  pass(input: Float64Array, count: number, output: Float64Array): void {
    const held = this.#held;
    this.#line = lengthened(this.#line, held, 2 * count);
    const line = this.#line;
    for (let frame = 0; frame < 2 * count; frame++) line[held + frame] = input[frame]!;
    const { skip: evenSkip, taps: even } = this.#even;
    const { skip: oddSkip, taps: odd } = this.#odd;
    for (let frame = 0; frame < count; frame++) {
      const newest = held + 2 * frame;
      let sum = 0;
      for (let tap = 0; tap < even.length; tap++) sum += even[tap]! * line[newest - 2 * (evenSkip + tap)]!;
      for (let tap = 0; tap < odd.length; tap++) sum += odd[tap]! * line[newest - 1 - 2 * (oddSkip + tap)]!;
      output[frame] = sum;
    }
    line.copyWithin(0, 2 * count, 2 * count + held);
  }
}

function lengthened(line: Float64Array, held: number, count: number): Float64Array {
  if (line.length >= held + count) return line;
  const longer = new Float64Array(held + count);
  longer.set(line.subarray(0, held));
  return longer;
}
