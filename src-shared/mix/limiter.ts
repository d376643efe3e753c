import type { PlanarAudio, Role } from '../model';
import { gainOfDecibels } from '../units';
import { type MixBlock, onStemGrid, sumOfStems } from './offline';

/** Peaks below the knee pass untouched; above it they bend towards the ceiling, which none passes. */
const KNEE = gainOfDecibels(-4);
const CEILING = gainOfDecibels(-1);
const LOOKAHEAD_SECONDS = 0.002;
const RELEASE_SECONDS = 0.08;
/** A reduction below -140 dB counts as none. */
const SETTLED = 1e-7;

/** Gain that brings a peak of amplitude `peak` to where the soft curve wants it: linear to the knee, then tanh to the ceiling. */
export function limiterGain(peak: number): number {
  if (peak <= KNEE) return 1;
  const room = CEILING - KNEE;
  return (KNEE + room * Math.tanh((peak - KNEE) / room)) / peak;
}

/**
 * A soft peak limiter that looks 2 ms ahead. Each stem gets the mix's gain curve, so limited stems still sum to the limited mix
 * bit for bit. Blocks must be longer than the look-ahead, all but the last.
 *
 * The gain is the least that any peak of the next 2 ms wants, let go exponentially, then averaged over 2 ms: at a peak every value in
 * the average is low enough, so none passes the ceiling.
 */
export function* limited(blocks: Iterable<MixBlock>, sampleRate: number): Generator<MixBlock> {
  const curve = new GainCurve(sampleRate);
  let held: MixBlock | undefined;
  for (const block of blocks) {
    if (held) yield withGain(held, curve.of(held.mix, block.mix));
    held = block;
  }
  if (held) yield withGain(held, curve.of(held.mix, null));
}

class GainCurve {
  readonly #lookahead: number;
  readonly #letGo: number;
  readonly #recent: Float64Array;
  #at = 0;
  /** How many of the recent gains are below 1. */
  #reduced = 0;
  #held = 1;
  #hasBegun = false;

  constructor(sampleRate: number) {
    this.#lookahead = Math.round(LOOKAHEAD_SECONDS * sampleRate);
    this.#letGo = 1 - Math.exp(-1 / (RELEASE_SECONDS * sampleRate));
    this.#recent = new Float64Array(this.#lookahead + 1).fill(1);
  }

  /** The gain at each frame of `mix`, knowing what comes after it. */
  of(mix: PlanarAudio, following: PlanarAudio | null): Float64Array {
    const frames = mix.channels[0]?.length ?? 0;
    const wanted = new Float64Array(frames + this.#lookahead).fill(1);
    wanted.set(wantedGains(mix, frames));
    if (following) wanted.set(wantedGains(following, this.#lookahead), frames);
    const gains = new Float64Array(frames);
    let lowestAt = -1;
    // A peak on the first frames is foreseen from before them, in silence.
    for (let frame = this.#hasBegun ? 0 : -this.#lookahead; frame < frames; frame++) {
      const end = frame + this.#lookahead;
      if (lowestAt < frame || lowestAt < 0) lowestAt = lowest(wanted, Math.max(0, frame), end);
      else if (wanted[end]! <= wanted[lowestAt]!) lowestAt = end;
      const least = wanted[lowestAt]!;
      this.#held = Math.min(least, this.#held + (1 - this.#held) * this.#letGo);
      if (1 - this.#held < SETTLED) this.#held = 1;
      this.#push(this.#held);
      if (frame >= 0) gains[frame] = this.#reduced === 0 ? 1 : mean(this.#recent);
    }
    this.#hasBegun = true;
    return gains;
  }

  #push(gain: number): void {
    if (this.#recent[this.#at]! < 1) this.#reduced--;
    if (gain < 1) this.#reduced++;
    this.#recent[this.#at] = gain;
    this.#at = (this.#at + 1) % this.#recent.length;
  }
}

/** Where the least of `values` stands between `from` and `to`, both included; the last of equal ones. */
function lowest(values: Float64Array, from: number, to: number): number {
  let at = from;
  for (let index = from + 1; index <= to; index++) if (values[index]! <= values[at]!) at = index;
  return at;
}

/** What each of the first `count` frames wants, from the louder channel. */
function wantedGains({ channels }: PlanarAudio, count: number): Float64Array {
  const frames = Math.min(count, channels[0]?.length ?? 0);
  const gains = new Float64Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    let peak = 0;
    for (const channel of channels) peak = Math.max(peak, Math.abs(channel[frame]!));
    gains[frame] = limiterGain(peak);
  }
  return gains;
}

/** Summed anew each time: a running sum would drift away from 1 by rounding. */
function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function withGain({ mix, stems }: MixBlock, gains: Float64Array): MixBlock {
  const scaled = new Map<Role, PlanarAudio>();
  for (const [role, { sampleRate, channels }] of stems) {
    scaled.set(role, {
      sampleRate,
      channels: channels.map(channel => onStemGrid(channel, gains)),
    });
  }
  return { stems: scaled, mix: sumOfStems(scaled, mix.sampleRate, gains.length) };
}
