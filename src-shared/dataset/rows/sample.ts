import type { AugmentStep, Warp } from '../../augment';
import type { PlanarAudio } from '../../model';
import type { PerformanceLabels } from '../labels';

/** How a performance sounds: what came of its kit and of the steps of its recording. */
export interface SampleRecording {
  readonly kit: { readonly name: string; readonly sha256: string };
  readonly preset: string;
  readonly steps: readonly AugmentStep[];
  readonly audio: PlanarAudio;
  /** From the performance's time to the audio's: that of the steps. */
  readonly warp: Warp;
}

/** A sample as the generator hands it over. */
export interface GeneratedSample {
  readonly id: string;
  /** The performance that it is a recording of. */
  readonly groupId: string;
  readonly take: number;
  /** What the material is taken from; see `Piece`. */
  readonly source: string;
  readonly labels: PerformanceLabels;
  /** Everything that labels, MIDI and audio follow from, but the steps: plain data. */
  readonly recipe: unknown;
  readonly midi: Uint8Array;
  readonly recording: SampleRecording | null;
}

/** SHA-256 of what is written of a sample. */
export interface SampleHashes {
  readonly midi: string;
  readonly audio: { readonly file: string; readonly pcm: string } | null;
}

/** Where a sample's files lie in its dataset. */
export const midiPathOf = ({ id, labels }: Pick<GeneratedSample, 'id' | 'labels'>): string =>
  `midi/${labels.rudiment_slug}/${id}.mid`;
export const audioPathOf = ({ id, labels }: Pick<GeneratedSample, 'id' | 'labels'>): string =>
  `audio/${labels.rudiment_slug}/${id}.flac`;

/** Of every audio file. */
export const AUDIO_BITS = 24;
