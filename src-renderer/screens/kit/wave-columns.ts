import { type SliceAudio, sliceAudio } from '#renderer/playback';
import { type Columns, columnsOfSamples } from '#renderer/ui';

/** Columns of a small picture, and the time that it shows: long ones are cut, so that short ones look short. */
export const PICTURE_COLUMNS = 52;
const PICTURE_SECONDS = 0.6;
const KEPT = 6000;
const known = new Map<string, Columns>();

/** The picture of a sound that was drawn before. */
export const knownColumns = (sha256: string): Columns | undefined => known.get(sha256);

/** The picture of a sound, fetched if it must be. */
export async function columnsOf(sha256: string): Promise<Columns> {
  const columns = pictured(await sliceAudio(sha256));
  known.delete(sha256);
  known.set(sha256, columns);
  const [oldest] = known.keys();
  if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
  return columns;
}

function pictured({ channels, sampleRate }: SliceAudio): Columns {
  return columnsOfSamples(channels, 0, PICTURE_SECONDS * sampleRate, PICTURE_COLUMNS);
}
