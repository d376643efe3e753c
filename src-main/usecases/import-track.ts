import { z } from 'zod';
import type { JobProgram, StageCaller } from '#main/jobs';
import type { Library } from '#main/library';
import { SeparatorSchema, type Stem, USUAL_SEPARATOR } from '#shared/model';
import type { JobView } from '#shared/protocol';
import {
  findTempo,
  HEARING_STAGES,
  HEARING_WEIGHT,
  type HeardSong,
  HearingSchema,
  hearSong,
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
  separator: SeparatorSchema.default(USUAL_SEPARATOR),
});

const STAGES = HEARING_STAGES + 6;
const WEIGHT = HEARING_WEIGHT + WEIGHTS.tempo + WEIGHTS.kit + WEIGHTS.roles + WEIGHTS.publish;

/** One song into the library: stems, hits with roles, tempo, a first kit and a first groove. */
export function importTrackProgram(library: Library): JobProgram {
  return async (call, params) => {
    const { path, name, separator } = ImportTrackSchema.parse(params);
    call.plan(STAGES, WEIGHT);
    const heard = await hearSong(call, path, HearingSchema.parse({ separator }));
    const song = { ...heard, name: name ?? heard.name };
    const tempo = await findTempo(call, song.drums, song.onsets);
    const judged = await judgeKit(call, song);
    const made = await call.step({ title: 'Filling the library', weight: WEIGHTS.publish }, () =>
      storeTrack(library, { ...song, stems: stemsOf(song), tempo, ...judged }, null, new Date()),
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
    stems: stemsOf(song),
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

/** As the library keeps them. */
const stemsOf = ({ stems, audio }: HeardSong): Stem[] =>
  stems.map(stem => ({
    kind: stem.kind,
    audio: stem.audio.sha256,
    peaks: stem.peaks.sha256,
    frames: audio.frames,
  }));
