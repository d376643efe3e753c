import type { Result } from '#shared/base';
import type { Failure } from '#shared/protocol';

export interface Mp3Options {
  /** Constant bit rate in kilobits a second: 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256 or 320. */
  readonly kilobits: number;
  readonly signal: AbortSignal;
}

/**
 * Encodes a WAV (mono or stereo, 32, 44.1 or 48 kHz) as an MP3 that says its exact length, so that players start and
 * end it where the WAV does. The file appears whole or not at all. Throws the signal's reason when it is aborted.
 */
export declare function encodeMp3(
  wavPath: string,
  mp3Path: string,
  options: Mp3Options,
): Promise<Result<null, Failure>>;
