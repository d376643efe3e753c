import { invariant } from '../../base';
import { compareText } from '../../model';

/** After this many coordinates a pair is given up when the rest cannot bring it over the threshold. */
const FIRST_LOOK = 16;

/** What `DuplicateFilter.offer` says of a hit. */
export type Verdict =
  | { readonly kind: 'kept'; readonly index: number }
  /** `of` is the index of the most similar kept hit. */
  | { readonly kind: 'duplicate'; readonly of: number; readonly similarity: number };

/**
 * Keeps hits that sound like none kept before. Offered in the order of `orderForKeeping`, the outcome does not depend on the order in
 * which the hits were found: no two kept ones are more similar than the threshold, and each one left out has a better twin.
 *
 * Memory grows with the hits kept, time with hits times kept; most pairs are settled by their first coordinates (the bound
 * of Cauchy and Schwarz on the rest).
 */
export class DuplicateFilter {
  readonly #threshold: number;
  readonly #length: number;
  #fingerprints: Float32Array;
  /** Euclidean length of each kept fingerprint past `FIRST_LOOK`. */
  #rests: Float32Array;
  #kept = 0;

  constructor(threshold: number, fingerprintLength: number) {
    // Rounding may bring a cosine past 1, and a threshold of 1 means that nothing counts as a duplicate.
    this.#threshold = threshold >= 1 ? Infinity : threshold;
    this.#length = fingerprintLength;
    this.#fingerprints = new Float32Array(64 * fingerprintLength);
    this.#rests = new Float32Array(64);
  }

  get kept(): number {
    return this.#kept;
  }

  /** Keeps a hit, whatever it sounds like. */
  keep(fingerprint: ArrayLike<number>): Verdict {
    return { kind: 'kept', index: this.#keep(fingerprint, this.#restOf(fingerprint)) };
  }

  offer(fingerprint: ArrayLike<number>): Verdict {
    invariant(fingerprint.length === this.#length, 'all fingerprints have one length');
    const rest = this.#restOf(fingerprint);
    let best = this.#threshold;
    let of = -1;
    for (let index = 0; index < this.#kept; index++) {
      const from = index * this.#length;
      let dot = 0;
      for (let at = 0; at < FIRST_LOOK; at++) dot += fingerprint[at]! * this.#fingerprints[from + at]!;
      if (dot + rest * this.#rests[index]! < best - 1e-6) continue;
      for (let at = FIRST_LOOK; at < this.#length; at++)
        dot += fingerprint[at]! * this.#fingerprints[from + at]!;
      if (dot > best) {
        best = dot;
        of = index;
      }
    }
    if (of >= 0) return { kind: 'duplicate', of, similarity: Math.min(1, best) };
    return { kind: 'kept', index: this.#keep(fingerprint, rest) };
  }

  #restOf(fingerprint: ArrayLike<number>): number {
    let sum = 0;
    for (let at = FIRST_LOOK; at < this.#length; at++) sum += fingerprint[at]! ** 2;
    return Math.sqrt(sum);
  }

  #keep(fingerprint: ArrayLike<number>, rest: number): number {
    if (this.#kept === this.#rests.length) {
      const fingerprints = new Float32Array(2 * this.#fingerprints.length);
      fingerprints.set(this.#fingerprints);
      this.#fingerprints = fingerprints;
      const rests = new Float32Array(2 * this.#rests.length);
      rests.set(this.#rests);
      this.#rests = rests;
    }
    this.#fingerprints.set(fingerprint, this.#kept * this.#length);
    this.#rests[this.#kept] = rest;
    return this.#kept++;
  }
}

export interface KeepCandidate {
  /** Higher is better. */
  readonly score: number;
  /** Where the hit comes from, unique together: settles equal ones. */
  readonly source: string;
  readonly position: number;
}

/** Indices of `candidates`, the best one first. */
export const orderForKeeping = (candidates: readonly KeepCandidate[]): number[] =>
  candidates
    .map((_, index) => index)
    .sort((left, right) => {
      const [a, b] = [candidates[left]!, candidates[right]!];
      return b.score - a.score || compareText(a.source, b.source) || a.position - b.position;
    });
