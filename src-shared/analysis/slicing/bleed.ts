import { hannWindow, nearestPowerOfTwo, RealFft } from '../../dsp';
import { type BleedParts, type MonoAudio, type Stroke, type StrokeClass } from '../../model';
import { clamp } from '../../units';

/** Long enough to part a bass note from a kick, short enough to follow a stroke. */
const WINDOW_SECONDS = 0.0464;
/** What bleeds in is heard near the attack; the rest of a long tail would hide it. */
export const BLEED_SECONDS = 0.6;
/** What sounds before a hit is taken to die away by this much a second under it. */
const RINGING_DECAY_DECIBELS = 40;
/** Loudness of drums struck alike, against a kick, dB: a closed hat under a snare takes little of the slice's energy. */
const USUAL_LEVELS: Readonly<Record<StrokeClass, number>> = {
  kick: 0,
  snare: 0,
  toms: 0,
  clap: -3,
  crash: -3,
  rim: -6,
  ride: -9,
  ohh: -9,
  chh: -14,
};

/** Measures how much of a slice is likely not its own sound. */
export class SliceBleedMeter {
  readonly #fft: RealFft;
  readonly #window: Float64Array;
  readonly #shaped: Float64Array;
  readonly #spectrum: Float64Array;
  readonly #size: number;

  constructor(sampleRate: number) {
    this.#size = nearestPowerOfTwo(WINDOW_SECONDS * sampleRate);
    this.#fft = new RealFft(this.#size);
    this.#window = hannWindow(this.#size);
    this.#shaped = new Float64Array(this.#size);
    this.#spectrum = new Float64Array(2 * this.#fft.binCount);
  }

  /** Frames before the onset that tell what rings into the slice. */
  get beforeFrames(): number {
    return this.#size;
  }

  /**
   * @param before what the stem holds before the onset, at most `beforeFrames`
   * @param slice from the onset on, at most `BLEED_SECONDS`
   * @param residual the rest of the mix at the same place; null where there is none
   */
  measure(
    before: Float32Array,
    slice: MonoAudio,
    residual: Float32Array | null,
    strokes: readonly Stroke[],
  ): BleedParts {
    const { samples, sampleRate } = slice;
    const { binCount } = this.#fft;
    const ringing = before.length < this.#size / 4 ? new Float64Array(binCount) : this.#powers(before, 0);
    const hop = this.#size / 2;
    let whole = 0;
    let foreign = 0;
    let old = 0;
    // The first windows begin before the slice, so that its attack weighs as much as what follows.
    for (let start = 0; start === 0 || start + hop <= samples.length; start += hop) {
      const own = this.#powers(samples, start);
      const rest = residual ? this.#powers(residual, start) : null;
      const fallen = 10 ** ((-RINGING_DECAY_DECIBELS * start) / sampleRate / 10);
      for (let bin = 0; bin < binCount; bin++) {
        const power = own[bin]!;
        whole += power;
        old += Math.min(power, ringing[bin]! * fallen);
        if (!rest) continue;
        // A soft mask keeps of the rest what it takes from the drums: the share of the rest's amplitude, twice.
        const amplitude = Math.sqrt(rest[bin]!);
        const share = amplitude / (amplitude + Math.sqrt(power) + 1e-12);
        foreign += power * share;
      }
    }
    const of = (part: number): number => (whole > 0 ? clamp(part / whole, 0, 1) : 0);
    return { accompaniment: of(foreign), ringing: of(old), others: shareOfOthers(strokes) };
  }

  #powers(samples: Float32Array, start: number): Float64Array {
    const shaped = this.#shaped.fill(0);
    const count = Math.min(this.#size, samples.length - start);
    for (let at = 0; at < count; at++) shaped[at] = samples[start + at]! * this.#window[at]!;
    this.#fft.forward(shaped, this.#spectrum);
    const powers = new Float64Array(this.#fft.binCount);
    for (let bin = 0; bin < powers.length; bin++)
      powers[bin] = this.#spectrum[2 * bin]! ** 2 + this.#spectrum[2 * bin + 1]! ** 2;
    return powers;
  }
}

/** Share of the energy of an onset's strokes that is not its loudest drum's. */
function shareOfOthers(strokes: readonly Stroke[]): number {
  const energies = strokes.map(energyOf);
  const all = energies.reduce((sum, energy) => sum + energy, 0);
  return all > 0 ? 1 - Math.max(...energies) / all : 0;
}

/** What a stroke is likely to add to a slice's energy. */
const energyOf = ({ class: drum, probability, velocity }: Stroke): number =>
  // Amplitude goes with the square of velocity.
  probability * velocity ** 4 * 10 ** (USUAL_LEVELS[drum] / 10);

/** The drum that a slice is a hit of: the one that most of its energy is likely to come from; a kick with a hat is a kick. */
export const loudestStroke = (strokes: readonly Stroke[]): Stroke | null =>
  strokes.reduce<Stroke | null>(
    (best, stroke) => (best && energyOf(best) >= energyOf(stroke) ? best : stroke),
    null,
  );

/** All parts together: what is foreign in what is left of the others. */
export const bleedOf = ({ accompaniment, ringing, others }: BleedParts): number =>
  1 - (1 - accompaniment) * (1 - ringing) * (1 - others);
