import type { StageCaller } from '#main/jobs';
import type { Library } from '#main/library';
import type { Separator, Stem, TrackHearing } from '#shared/model';
import type { JobView } from '#shared/protocol';
import {
  findTempo,
  HEARING_STAGES,
  HEARING_WEIGHT,
  type Hearing,
  HearingSchema,
  type HeardSong,
  WEIGHTS,
} from './line/hear';
import { listenTo } from './line/listening';
import { makeKit } from './line/song-kit';
import { judgeSamples } from './line/steps/roles';
import { type HeardTrack, storeTrack } from './store-track';

/** From a read song to the library. */
export const TRACK_STAGES = HEARING_STAGES + 7;
export const TRACK_WEIGHT =
  HEARING_WEIGHT + WEIGHTS.tempo + WEIGHTS.kit + WEIGHTS.embed + WEIGHTS.roles + WEIGHTS.publish;

/** What the stages take, of what the user said of a track; `usual` is the separator where that says nothing. */
export const hearingOf = (hearing: TrackHearing, usual: Separator): Hearing =>
  HearingSchema.parse({ ...hearing, separator: hearing.separator ?? usual });

/** Finds beat, kit and roles of a song whose slices are cut, and puts all of it into the library. */
export async function finishTrack(
  library: Library,
  call: StageCaller,
  song: HeardSong,
  hearing: TrackHearing,
): Promise<JobView['made']> {
  const tempo = await findTempo(call, song.drums, song.onsets, { model: hearing.beats, mix: song.mix });
  const judged = await judgeKit(call, song);
  const heard: HeardTrack = { ...song, stems: stemsOf(song), tempo, hearing, ...judged };
  return call.step({ title: 'Filling the library', weight: WEIGHTS.publish }, () =>
    storeTrack(library, heard, null, new Date()),
  );
}

async function judgeKit(
  call: StageCaller,
  song: HeardSong,
): Promise<Pick<HeardTrack, 'manifest' | 'slices' | 'judgements' | 'listened'>> {
  const { manifest, samples } = await makeKit(call, song);
  const listened = await listenTo(call, samples);
  const { judgements } = await judgeSamples(call, samples, { listened });
  return {
    manifest,
    listened,
    slices: new Map(samples.map(({ sampleId, file }) => [sampleId, file])),
    judgements: new Map(judgements.map(({ sampleId, judgement }) => [sampleId, judgement])),
  };
}

/** As the library keeps them. */
export const stemsOf = ({ stems, audio }: HeardSong): Stem[] =>
  stems.map(stem => ({
    kind: stem.kind,
    audio: stem.audio.sha256,
    peaks: stem.peaks.sha256,
    ...(stem.bleed ? { bleed: stem.bleed.sha256 } : {}),
    frames: audio.frames,
  }));
