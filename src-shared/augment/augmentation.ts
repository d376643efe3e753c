import type { z } from 'zod';
import type { PlanarAudio } from '../model';
import { NO_WARP, type Warp } from './warp';

/** Lossy codecs that a step can pass a recording through; their delay is taken out. */
export const CODECS = ['mp3', 'ogg'] as const;
export type Codec = (typeof CODECS)[number];

/** What a step may ask of the outside: recordings by the SHA-256 of their file, and what well-kept libraries do better. */
export interface AugmentContext {
  readonly recording: (sha256: string) => PlanarAudio;
  /** Encoded and decoded again, as long as it was and in time with it. */
  readonly coded: (audio: PlanarAudio, codec: Codec, kilobits: number) => PlanarAudio;
  /** `rate` times as fast, `semitones` higher, each without the other. */
  readonly stretched: (audio: PlanarAudio, rate: number, semitones: number) => PlanarAudio;
  /** `input.length + response.length - 1` values. */
  readonly convolved: (input: Float32Array, response: Float32Array) => Float32Array;
}

export interface Augmented {
  readonly audio: PlanarAudio;
  /** How the step moved time; the labels follow it. Delays that a step adds are taken out again, so most move nothing. */
  readonly warp: Warp;
}

/** A step that is a convolution. */
export interface Impulse {
  readonly response: Float32Array;
  /** Frames before the moment that stands for the input's own time. */
  readonly lead: number;
}

/**
 * One thing that happens to a recording. All chance is in `params`, drawn beforehand and stored, seeds of noises included: equal
 * input and params give equal bytes.
 */
export interface Augmentation<Params = unknown> {
  readonly name: string;
  readonly params: z.ZodType<Params>;
  readonly apply: (audio: PlanarAudio, params: Params, context: AugmentContext) => Augmented;
}

/** One step as it is stored. */
export interface AugmentStep {
  readonly name: string;
  readonly params: unknown;
}

export const unmoved = (sampleRate: number, channels: readonly Float32Array[]): Augmented => ({
  audio: { sampleRate, channels },
  warp: NO_WARP,
});
