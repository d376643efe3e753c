import type { Instrument } from '../../model';
import type { EarCorrection } from './ear-measures';

/** One log-mel picture of a sound's first second. */
export interface PictureContract {
  readonly windowFrames: number;
  readonly lowHz: number;
  readonly highHz: number;
}

/** How an audio-text model wants to be shown sounds. Frames are centred `hop` samples apart, from the sound's first one. */
export interface PicturesContract {
  readonly sampleRate: number;
  readonly hop: number;
  readonly frames: number;
  readonly bands: number;
  /** Silence, dB. */
  readonly floorDb: number;
  readonly pictures: readonly PictureContract[];
}

/** How it wants to be told words. */
export interface WordsContract {
  /** Words of a text, and groups of letters of a word, that are looked at. */
  readonly words: number;
  readonly grams: number;
  readonly gramLengths: readonly number[];
  readonly gramBuckets: number;
  /** Number of a word that is not in the vocabulary, and of the vocabulary's first. */
  readonly unknown: number;
  readonly firstWord: number;
  readonly vocabulary: readonly string[];
}

/** What the bundled ear takes and gives. */
export interface ClapContract {
  readonly pictures: PicturesContract;
  readonly words: WordsContract;
  /** Numbers of a vector. */
  readonly size: number;
  /** The classes of the audio network's own judgement, in order. */
  readonly instruments: readonly Instrument[];
  /** How what is measured exactly moves a vector; null where the model does not say. */
  readonly correction: EarCorrection | null;
}
