import { z } from 'zod';
import type { JobProgram, StageCaller } from '#main/jobs';
import type { Library } from '#main/library';
import { SeparatorSchema, USUAL_SEPARATOR } from '#shared/model';
import type { JobView } from '#shared/protocol';
import { finishTrack, hearingOf, stemsOf, TRACK_STAGES, TRACK_WEIGHT } from './hear-track';
import { trackIdOf } from './identity';
import { hearMix, readSong, songName } from './line/hear';
import type { FinishedLine } from './line/run-line';
import { type HeardTrack, storeTrack } from './store-track';

export const ImportTrackSchema = z.object({
  path: z.string(),
  /** What the user calls it; the file's name without extension unless given. */
  name: z.string().min(1).nullable(),
  separator: SeparatorSchema.default(USUAL_SEPARATOR),
});

/** One song into the library: stems, hits with roles, tempo, a first kit and a first groove. A song that was there before is heard as the user wished it then. */
export function importTrackProgram(library: Library): JobProgram {
  return async (call, params) => {
    const { path, name, separator } = ImportTrackSchema.parse(params);
    call.plan(TRACK_STAGES, TRACK_WEIGHT);
    const read = await readSong(call, path);
    const wished = await library.hearings.of(trackIdOf(read.source.sha256));
    const hearing = { ...wished, separator: wished.separator ?? separator };
    const song = await hearMix(
      call,
      { ...read, name: name ?? songName(path) },
      hearingOf(hearing, separator),
    );
    return { files: [], made: await finishTrack(library, call, song, hearing) };
  };
}

/** What the whole line found, put into the library with the groove that it made. */
export async function storeLine(
  library: Library,
  call: StageCaller,
  line: FinishedLine,
): Promise<JobView['made']> {
  const { song, tempo, manifest, listened, pattern } = line;
  const heard: HeardTrack = {
    ...song,
    stems: stemsOf(song),
    tempo,
    manifest,
    listened,
    slices: new Map(line.slices.map(slice => [slice.sampleId, slice.file])),
    judgements: new Map(line.judgements.map(({ sampleId, judgement }) => [sampleId, judgement])),
  };
  return storeTrack(library, heard, { pattern }, new Date());
}
