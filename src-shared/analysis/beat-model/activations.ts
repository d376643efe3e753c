import { nearest } from '../../model';
import { BEAT_FRAMES_PER_SECOND } from './log-mel';
import { CHUNK_FRAMES, MEL_BANDS } from './contract';

/** Frames at both ends of a chunk whose answers are not used. */
const BORDER = 6;
/** A frame that no chunk answered for. */
const SILENT = -1000;
/** A beat is the highest logit within this many frames on either side, 60 ms. */
const PEAK_REACH = 3;

/** One run of a model: frames from `start` on, which may lie before the song or end after it (zeros there). */
export interface BeatChunk {
  readonly start: number;
  readonly frames: number;
}

/** Chunks of `most` frames that overlap by their borders, as the published models are run. */
export function beatChunks(frameCount: number, most = CHUNK_FRAMES): BeatChunk[] {
  const chunks: BeatChunk[] = [];
  const stride = most - 2 * BORDER;
  for (let start = -BORDER; start < frameCount - BORDER; start += stride) {
    const isLast = start + stride >= frameCount - BORDER;
    // The last one ends with the song instead of being short.
    const begin = isLast && frameCount > stride ? frameCount - (most - BORDER) : start;
    chunks.push({ start: begin, frames: Math.min(most, frameCount + BORDER - begin) });
  }
  return chunks;
}

/** The spectrogram of a chunk, zeros beyond the song's ends and up to `frames`. */
export function chunkInput(spectrogram: Float32Array, { start }: BeatChunk, frames: number): Float32Array {
  const input = new Float32Array(frames * MEL_BANDS);
  const from = Math.max(0, start);
  const to = Math.min(spectrogram.length / MEL_BANDS, start + frames);
  if (to > from)
    input.set(spectrogram.subarray(from * MEL_BANDS, to * MEL_BANDS), (from - start) * MEL_BANDS);
  return input;
}

/** Joins the answers of chunks in order; where they overlap the first one counts. */
export class BeatLogits {
  readonly values: Float32Array;
  readonly #isSet: Uint8Array;

  constructor(frameCount: number) {
    this.values = new Float32Array(frameCount).fill(SILENT);
    this.#isSet = new Uint8Array(frameCount);
  }

  put({ start, frames }: BeatChunk, answer: Float32Array): void {
    for (let at = BORDER; at < frames - BORDER; at++) {
      const frame = start + at;
      if (frame < 0 || frame >= this.values.length || this.#isSet[frame]) continue;
      this.values[frame] = answer[at]!;
      this.#isSet[frame] = 1;
    }
  }
}

/** What a beat model hears in a song. */
export interface ModelBeats {
  /** Seconds, ascending. */
  readonly beats: readonly number[];
  readonly downbeats: readonly number[];
  /** Mean probability, 0..1, that the model gives its beats and its downbeats; 0 where there are none. */
  readonly beatCertainty: number;
  readonly downbeatCertainty: number;
}

/** Peaks above a logit of 0, those side by side as one; a downbeat lies on its nearest beat. */
export function beatsOfLogits(beat: Float32Array, downbeat: Float32Array): ModelBeats {
  const beatPeaks = peaksOf(beat);
  const beats = beatPeaks.map(({ seconds }) => seconds);
  const downbeatPeaks = beats.length === 0 ? [] : peaksOf(downbeat);
  const near = ({ seconds }: Peak): number => beats[nearest(beats, seconds)] ?? seconds;
  return {
    beats,
    downbeats: [...new Set(downbeatPeaks.map(near))],
    beatCertainty: certaintyOf(beatPeaks),
    downbeatCertainty: certaintyOf(downbeatPeaks),
  };
}

interface Peak {
  readonly seconds: number;
  readonly logit: number;
}

const certaintyOf = (peaks: readonly Peak[]): number =>
  peaks.reduce((sum, { logit }) => sum + 1 / (1 + Math.exp(-logit)), 0) / Math.max(1, peaks.length);

function peaksOf(logits: Float32Array): Peak[] {
  const groups: { place: number; count: number; logit: number }[] = [];
  for (let frame = 0; frame < logits.length; frame++) {
    const logit = logits[frame]!;
    if (logit <= 0) continue;
    const around = logits.subarray(Math.max(0, frame - PEAK_REACH), frame + PEAK_REACH + 1);
    if (around.some(other => other > logit)) continue;
    const last = groups.at(-1);
    if (last && frame - last.place <= 1) {
      last.count++;
      last.place += (frame - last.place) / last.count;
    } else groups.push({ place: frame, count: 1, logit });
  }
  return groups.map(({ place, logit }) => ({ seconds: place / BEAT_FRAMES_PER_SECOND, logit }));
}
