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
    output.fill(0, 0, 2 * count);
    for (const [odd, { skip, taps }] of this.#phases.entries())
      addProducts(line, held - skip, 1, taps, output, odd, 2, count);
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
    output.fill(0, 0, count);
    addProducts(line, held - 2 * evenSkip, 2, even, output, 0, 1, count);
    addProducts(line, held - 1 - 2 * oddSkip, 2, odd, output, 0, 1, count);
    line.copyWithin(0, 2 * count, 2 * count + held);
  }
}

/**
 * Adds to `count` values of `output`, `gap` apart from `first` on, the products of `taps` with what is in `line` from `newest` back; `step` is
 * how far apart values of the line are, from tap to tap and from output to output. Four outputs at once, for one would wait for its own sum.
 */
function addProducts(
  line: Float64Array,
  newest: number,
  step: 1 | 2,
  taps: Float64Array,
  output: Float64Array,
  first: number,
  gap: 1 | 2,
  count: number,
): void {
  const fours = count - (count % 4);
  for (let frame = 0; frame < fours; frame += 4) {
    const at = first + gap * frame;
    let sum0 = output[at]!;
    let sum1 = output[at + gap]!;
    let sum2 = output[at + 2 * gap]!;
    let sum3 = output[at + 3 * gap]!;
    let place = newest + step * frame;
    for (let tap = 0; tap < taps.length; tap++, place -= step) {
      const factor = taps[tap]!;
      sum0 += factor * line[place]!;
      sum1 += factor * line[place + step]!;
      sum2 += factor * line[place + 2 * step]!;
      sum3 += factor * line[place + 3 * step]!;
    }
    output[at] = sum0;
    output[at + gap] = sum1;
    output[at + 2 * gap] = sum2;
    output[at + 3 * gap] = sum3;
  }
  for (let frame = fours; frame < count; frame++) {
    let sum = output[first + gap * frame]!;
    for (let tap = 0; tap < taps.length; tap++) sum += taps[tap]! * line[newest + step * (frame - tap)]!;
    output[first + gap * frame] = sum;
  }
}

function lengthened(line: Float64Array, held: number, count: number): Float64Array {
  if (line.length >= held + count) return line;
  const longer = new Float64Array(held + count);
  longer.set(line.subarray(0, held));
  return longer;
}
