import type { SliceAudio } from '#renderer/playback';
import { type Columns, columnsOfPeaks, columnsOfSamples } from '#renderer/ui';
import type { Span } from './span';

/** Frames of a pair of the overview. */
const PAIR_FRAMES = 256;
const overviews = new WeakMap<SliceAudio, Columns>();

function overviewOf(audio: SliceAudio, frames: number): Columns {
  const known = overviews.get(audio);
  if (known) return known;
  const pairs = Math.ceil(frames / PAIR_FRAMES);
  const made = columnsOfSamples(audio.channels, 0, pairs * PAIR_FRAMES, pairs);
  overviews.set(audio, made);
  return made;
}

/** What is drawn of the audio in sight: from an overview where many frames share a column, from the frames themselves where few do. */
export function audioColumns(audio: SliceAudio, { from, to }: Span, columnCount: number): Columns {
  const frames = audio.channels[0]?.length ?? 0;
  const [first, last] = [from * audio.sampleRate, to * audio.sampleRate];
  const perColumn = (last - first) / columnCount;
  return perColumn < 2 * PAIR_FRAMES
    ? columnsOfSamples(audio.channels, first, last, columnCount)
    : columnsOfPeaks(overviewOf(audio, frames), first / PAIR_FRAMES, last / PAIR_FRAMES, columnCount);
}
