import { readFile } from 'node:fs/promises';
import { chooseOnsets, OnsetsFileSchema } from '#shared/analysis';
import { canonicalJson, hashText } from '#shared/base';
import { type HeardOnset, patternOfStrokes, type StrokesPattern, strokesOfTrack } from '#shared/compose';
import type { Hit, Track } from '#shared/model';
import { songUnderSetting, type StoredPattern, type WantedBars } from '#shared/protocol';
import type { Library } from '#main/library';
import { Failed } from '#main/platform';
import { kitIdOf, patternIdOf } from './identity';

/**
 * What is played in a track, as a pattern of the library that plays the track's own hits. Asked again it is the same one, with what the
 * user changed in it since left alone.
 */
export async function grooveOfTrack(
  library: Library,
  trackId: string,
  bars: WantedBars,
  now: Date,
): Promise<StoredPattern> {
  const track = await library.tracks.one(trackId);
  if (!track) throw new Failed({ code: 'notFound', path: `track ${trackId}` });
  if (!track.tempo) throw new Failed({ code: 'noPulse', path: track.name });
  const hits = await library.hits.ofTrack(trackId);
  const strokes = strokesOfTrack(hits, await onsetsOf(library, trackId), sampleRateOf(track, hits));
  const made = patternOfStrokes(strokes, track.tempo, track.seconds, bars);
  if (!made || made.pattern.notes.length === 0)
    throw new Failed({ code: 'noHits', path: track.name, seconds: track.seconds });
  const { pattern } = made;
  const content = hashText(canonicalJson(pattern)).toString(16);
  const id = patternIdOf(track.sha256, `drums-${content}`);
  const kitId = kitIdOf(track.sha256);
  return library.write(async at => {
    const known = await at.patterns.one(id);
    if (known) return known;
    const stored = { id, name: nameOf(track, made), kitId, trackId, pattern };
    await at.patterns.put(stored, now.toISOString());
    await at.settings.put(songUnderSetting(id), { bar: made.firstBar });
    return stored;
  });
}

const sampleRateOf = (track: Track, hits: readonly Hit[]): number => hits[0]?.sampleRate ?? track.sampleRate;

/** The onsets that count as the track is heard; none for tracks of before they were kept. */
async function onsetsOf(library: Library, trackId: string): Promise<readonly HeardOnset[]> {
  const sha256 = await library.tracks.onsetsOf(trackId);
  const path = sha256 && (await library.artefactPath(sha256));
  if (!path) return [];
  const file = OnsetsFileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  return chooseOnsets(file, await library.hearings.of(trackId));
}

/** "First Light, drums of bars 9-16". */
const nameOf = ({ name }: Track, { firstBar, pattern }: StrokesPattern): string =>
  `${name}, drums of bars ${firstBar}-${firstBar + pattern.bars.length - 1}`.slice(0, 120);
