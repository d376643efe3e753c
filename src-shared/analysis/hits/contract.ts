import type { StrokeClass } from '../onsets';

/** What a hit finder takes and gives; the numbers are its manifest's. */
export interface HitContract {
  readonly sampleRate: number;
  /** Audio frames between two moments. */
  readonly hop: number;
  /** Frames of the window that is fine in frequency; window `m` is centred on moment `m`. */
  readonly longWindow: number;
  /** Frames of the windows that are fine in time, `shortsPerMoment` to a moment, the middle one centred on it. */
  readonly shortWindow: number;
  readonly shortHop: number;
  readonly shortsPerMoment: number;
  /** The class of each column of the answers. */
  readonly classes: readonly StrokeClass[];
  /**
   * Classes that exclude each other, like a closed and an open hat: their chances are added up, and from the threshold on a peak of
   * the sum is a stroke at sensitivity 0.5, of the class that is the likeliest there.
   */
  readonly families: readonly { readonly classes: readonly StrokeClass[]; readonly threshold: number }[];
  /** Moments that a run adds; it sees `contextMoments` more on both sides, on which its answers depend. */
  readonly segmentMoments: number;
  readonly contextMoments: number;
  readonly level: {
    /** Blocks whose power is at least this share of the loudest one's count as sounding. */
    readonly blockFrames: number;
    readonly shareOfLoudest: number;
  };
  readonly peaks: {
    /** Of two peaks of a family at most so many moments apart... */
    readonly closeMoments: number;
    /** ...the lower one counts only if the chance falls below this share of it between them. */
    readonly valley: number;
  };
}

/** What the network answers for a stretch of moments; chance, velocity and offset hold a row of classes a moment. */
export interface Activations {
  readonly chance: Float32Array;
  readonly velocity: Float32Array;
  /** Moments from this one to the stroke. */
  readonly offset: Float32Array;
}
