import { z } from 'zod';
import type { JobProgram, StageCaller } from '#main/jobs';
import type { Library } from '#main/library';
import type { Stem } from '#shared/model';
import type { JobView } from '#shared/protocol';
import {
  fileOf,
  findTempo,
  HEARING_STAGES,
  HEARING_WEIGHT,
  type HeardSong,
  HearingSchema,
  hearSong,
  separateInput,
  songName,
  WEIGHTS,
} from './line/hear';
import type { FinishedLine } from './line/run-line';
import { makeKit } from './line/song-kit';
import { judgeSamples } from './line/steps/roles';
import { type HeardTrack, storeTrack } from './store-track';

export const ImportTrackSchema = z.object({
  path: z.string(),
  /** What the user calls it; the file's name without extension unless given. */
  name: z.string().min(1).nullable(),
});

const STAGES = HEARING_STAGES + 6;
const WEIGHT = HEARING_WEIGHT + WEIGHTS.tempo + WEIGHTS.kit + WEIGHTS.roles + WEIGHTS.publish;

/** One song into the library: stems, hits with roles, tempo, a first kit and a first groove. */
export function importTrackProgram(library: Library): JobProgram {
  return async (call, params) => {
    const { path, name } = ImportTrackSchema.parse(params);
    call.plan(STAGES, WEIGHT);
    const heard = await hearSong(call, path, HearingSchema.parse({}));
    const song = { ...heard, name: name ?? heard.name };
    const tempo = await findTempo(call, song.drums, song.onsets);
    const judged = await judgeKit(call, song);
    const stems = await stemsOf(call, song);
    const made = await call.step({ title: 'Filling the library', weight: WEIGHTS.publish }, () =>
      storeTrack(library, { ...song, stems, tempo, ...judged }, null, new Date()),
    );
    return { files: [], made };
  };
}

/** What the whole line found, put into the library with the groove that it made. */
export async function storeLine(
  library: Library,
  call: StageCaller,
  line: FinishedLine,
): Promise<JobView['made']> {
  const { song, tempo, manifest, pattern } = line;
  const heard: HeardTrack = {
    ...song,
    stems: await stemsOf(call, song),
    tempo,
    manifest,
    slices: new Map(line.slices.map(slice => [slice.sampleId, slice.file])),
    judgements: new Map(line.judgements.map(({ sampleId, judgement }) => [sampleId, judgement])),
  };
  return storeTrack(library, heard, { pattern }, new Date());
}

async function judgeKit(
  call: StageCaller,
  song: HeardSong,
): Promise<Pick<HeardTrack, 'manifest' | 'slices' | 'judgements'>> {
  const { manifest, samples } = await makeKit(call, song);
  const { judgements } = await judgeSamples(call, samples, null);
  return {
    manifest,
    slices: new Map(samples.map(({ sampleId, file }) => [sampleId, file])),
    judgements: new Map(judgements.map(({ sampleId, judgement }) => [sampleId, judgement])),
  };
}

/** The song's audio with its overviews: results of stages that have run already, so they come from the cache. */
async function stemsOf(call: StageCaller, { source, mix, audio, separator }: HeardSong): Promise<Stem[]> {
  const run = { title: 'Filling the library', weight: 0 };
  const read = await call.stage('read', { source, name: songName(source.path) }, run);
  const separate = await call.stage('separate', await separateInput(call, mix, separator), run);
  const stem = (kind: Stem['kind'], from: typeof read, wav: string, peaks: string): Stem => ({
    kind,
    audio: fileOf(from.files, wav).sha256,
    peaks: fileOf(from.files, peaks).sha256,
    frames: audio.frames,
  });
  return [
    stem('mix', read, 'mix', 'peaks'),
    stem('drums', separate, 'drums', 'drumsPeaks'),
    stem('residual', separate, 'residual', 'residualPeaks'),
  ];
}
