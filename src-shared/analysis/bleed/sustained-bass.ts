/** Bands whose lasting energy is no drum's, in Hz: an octave each, as far up as basses sound. */
const EDGES_HERTZ = [0, 60, 120, 250, 500] as const;
const BAND_COUNT = EDGES_HERTZ.length - 1;
/** Windows, half overlapping, among which a level that lasts is looked for: 0.3 s, longer than a kick. */
const SPAN = 13;
/** A level lasts when this share of the windows is quieter. */
const RANK = 0.2;
/** How much of what lasts is bleed, chosen on rendered songs. */
const WEIGHT = 0.75;

/**
 * Adds to each window's expected leak what of its bass lasts on beyond that. Answers come half a span late, because a
 * window is compared with those after it.
 */
export class SustainedBass {
  readonly #binHertz: number;
  readonly #energies: Float64Array[] = [];
  readonly #leaks: Float64Array[] = [];
  readonly #totals: number[] = [];
  /** Windows received, and answered. */
  #received = 0;
  #answered = 0;

  constructor(sampleRate: number, window: number) {
    this.#binHertz = sampleRate / window;
  }

  /** The next window's powers and expected leak; answers an earlier window's leak, null while there is none. */
  push(drums: Float64Array, rest: Float64Array, leak: number): number | null {
    const energies = new Float64Array(BAND_COUNT);
    const leaks = new Float64Array(BAND_COUNT);
    let band = 0;
    for (let bin = 1; bin < drums.length; bin++) {
      while (bin * this.#binHertz >= (EDGES_HERTZ[band + 1] ?? Infinity)) band++;
      if (band >= BAND_COUNT) break;
      const [kept, taken] = [Math.sqrt(drums[bin]!), Math.sqrt(rest[bin]!)];
      energies[band]! += drums[bin]!;
      leaks[band]! += kept > 0 ? (drums[bin]! * taken) / (kept + taken) : 0;
    }
    this.#energies.push(energies);
    this.#leaks.push(leaks);
    this.#totals.push(leak);
    this.#received++;
    if (this.#received <= HALF) return null;
    const answer = this.#answer();
    if (this.#energies.length === SPAN) {
      this.#energies.shift();
      this.#leaks.shift();
      this.#totals.shift();
    }
    return answer;
  }

  /** The leaks of the windows that are still to be answered. */
  finish(): number[] {
    const rest: number[] = [];
    while (this.#answered < this.#received) rest.push(this.#answer());
    return rest;
  }

  #answer(): number {
    const first = this.#received - this.#energies.length;
    const at = this.#answered++ - first;
    const from = Math.max(0, at - HALF);
    const near = this.#energies.slice(from, at + HALF + 1);
    let leak = this.#totals[at]!;
    for (let band = 0; band < BAND_COUNT; band++) {
      const levels = Float64Array.from(near, energies => energies[band]!).sort();
      const lasting = Math.min(levels[Math.floor(RANK * levels.length)]!, this.#energies[at]![band]!);
      leak += WEIGHT * Math.max(0, lasting - this.#leaks[at]![band]!);
    }
    return leak;
  }
}

const HALF = (SPAN - 1) / 2;
