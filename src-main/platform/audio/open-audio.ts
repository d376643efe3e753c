import type { Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import type { AudioReader } from './audio-reader';

/**
 * Opens any audio file for decoding from start to end. What the file is comes from its content; its name does not
 * matter. M4A and AAC go through the user's ffmpeg.
 */
export declare function openAudio(path: string, signal: AbortSignal): Promise<Result<AudioReader, Failure>>;
