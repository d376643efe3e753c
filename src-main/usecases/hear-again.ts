import { z } from 'zod';
import { type FileRef, JobFailed, type JobProgram, type Jobs } from '#main/jobs';
import type { Library } from '#main/library';
import { Failed } from '#main/platform';
import {
  type Stem,
  type StemKind,
  type Track,
  type TrackHearing,
  TrackHearingSchema,
  USUAL_SEPARATOR,
} from '#shared/model';
import type { HeardAgain, HearingView, JobKind } from '#shared/protocol';
import { finishTrack, hearingOf, TRACK_STAGES, TRACK_WEIGHT } from './hear-track';
import { hearMix } from './line/hear';

const KIND: JobKind = 'hear-again';

const HearAgainSchema = z.object({ trackId: z.string(), hearing: TrackHearingSchema });

/** A track of the library as the user now wants it heard. Begins at its stored mix: the song's own file may be gone. */
export function hearAgainProgram(library: Library): JobProgram {
  return async (call, params) => {
    const { trackId, hearing: asked } = HearAgainSchema.parse(params);
    // A job that is taken up again much later follows what was wished since, with the separator it was started with.
    const hearing = { ...(await library.hearings.of(trackId)), separator: asked.separator };
    const track = await library.tracks.one(trackId);
    const mix = track?.stems.find(({ kind }) => kind === ('mix' satisfies StemKind));
    if (!track || !mix) throw new JobFailed({ code: 'notFound', path: `track ${trackId}` });
    call.plan(TRACK_STAGES - 1, TRACK_WEIGHT);
    const song = await hearMix(
      call,
      {
        name: track.name,
        source: { kind: 'file', path: track.path, sha256: track.sha256 },
        mix: await artefact(library, mix, 'audio'),
        mixPeaks: await artefact(library, mix, 'peaks'),
        audio: { sampleRate: track.sampleRate, channelCount: track.channelCount, frames: mix.frames },
      },
      hearingOf(hearing, USUAL_SEPARATOR),
    );
    if (!(await library.tracks.one(trackId)))
      throw new JobFailed({ code: 'notFound', path: `track ${trackId}` });
    return { files: [], made: await finishTrack(library, call, song, hearing) };
  };
}

async function artefact(library: Library, stem: Stem, what: 'audio' | 'peaks'): Promise<FileRef> {
  const sha256 = stem[what];
  const path = await library.artefactPath(sha256);
  if (path === null) throw new JobFailed({ code: 'notFound', path: `${stem.kind} of the track` });
  return { kind: 'file', path, sha256 };
}

export async function trackHearing(library: Library, trackId: string): Promise<HearingView> {
  return {
    hearing: await library.hearings.of(trackId),
    onsets: await library.tracks.onsetsOf(trackId),
  };
}

/** Keeps how the user wants a track to be heard and hears it again; what an earlier wish had begun is given up. */
export async function setTrackHearing(
  library: Library,
  jobs: Jobs,
  trackId: string,
  hearing: TrackHearing,
): Promise<HeardAgain> {
  const track = await library.write(async (at): Promise<Track> => {
    const known = await at.tracks.one(trackId);
    if (!known) throw new Failed({ code: 'notFound', path: `track ${trackId}` });
    await at.hearings.put(trackId, hearing);
    return known;
  });
  for (const { view, params } of await library.jobs.all()) {
    if (view.kind !== KIND || HearAgainSchema.safeParse(params).data?.trackId !== trackId) continue;
    if (view.state === 'running' || view.state === 'waiting') await jobs.cancel(view.id);
    await jobs.dismiss(view.id);
  }
  return { jobId: await jobs.enqueue(KIND, track.name, { trackId, hearing }) };
}
