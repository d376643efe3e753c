import { LogBands } from '../onsets';

/** Edges of the bands that sounds are compared by, hertz. */
const EDGES = [0, 60, 100, 160, 250, 400, 700, 1200, 2000, 3000, 4500, 6500, 9000, 12_000, 18_000] as const;
const BANDS = EDGES.length - 1;
/** Where the windows are centred: on the attack, on what rings on, and on what sounded before. */
const ATTACK_SECONDS = 0.01;
const RINGING_SECONDS = 0.065;
const BEFORE_SECONDS = -0.02;

/** Audio on either side of a stroke that its profile looks at. */
export const PROFILE_REACH_SECONDS = 0.1;
/** Values of a profile: each band's level at the attack, while it rings, and its rise. */
export const PROFILE_SIZE = 3 * BANDS;
/** Values of some bands, from `first` up to and without `end`, of all three parts. */
export const profileBands = (first: number, end: number): number[] =>
  [0, BANDS, 2 * BANDS].flatMap(part => Array.from({ length: end - first }, (_, at) => part + first + at));

/** Measures what strokes sound like, in log10(1 + magnitude) of some wide bands. */
export class SoundProfiles {
  readonly #sampleRate: number;
  readonly #gain: number;
  readonly #bands: LogBands;
  readonly #levels: Float32Array;
  readonly #window: Float32Array;
  /** The wide band of each fine one. */
  readonly #groups: Uint8Array;
  readonly #counts: Float32Array;

  /** @param gain brings the track to one level */
  constructor(sampleRate: number, gain: number) {
    this.#sampleRate = sampleRate;
    this.#gain = gain;
    this.#bands = new LogBands(sampleRate);
    this.#levels = new Float32Array(this.#bands.bandCount);
    this.#window = new Float32Array(this.#bands.windowSize);
    this.#groups = Uint8Array.from(this.#bands.hertz, hertz => EDGES.findLastIndex(edge => hertz >= edge));
    this.#counts = new Float32Array(BANDS);
    for (const group of this.#groups) this.#counts[group]!++;
  }

  /** Of the stroke at frame `at` of `audio`, which holds `PROFILE_REACH_SECONDS` on both sides as far as there is a track. */
  measure(audio: Float32Array, at: number): Float32Array {
    const profile = new Float32Array(PROFILE_SIZE);
    this.#add(profile, 0, 1, audio, at + ATTACK_SECONDS * this.#sampleRate);
    this.#add(profile, BANDS, 1, audio, at + RINGING_SECONDS * this.#sampleRate);
    profile.copyWithin(2 * BANDS, 0, BANDS);
    this.#add(profile, 2 * BANDS, -1, audio, at + BEFORE_SECONDS * this.#sampleRate);
    return profile;
  }

  #add(profile: Float32Array, first: number, sign: number, audio: Float32Array, centre: number): void {
    const begin = Math.round(centre - this.#bands.windowSize / 2);
    for (let index = 0; index < this.#window.length; index++) this.#window[index] = audio[begin + index] ?? 0;
    this.#bands.analyse(this.#window, this.#gain, this.#levels);
    for (let band = 0; band < this.#levels.length; band++) {
      const group = this.#groups[band]!;
      profile[first + group]! += (sign * this.#levels[band]!) / this.#counts[group]!;
    }
  }
}
