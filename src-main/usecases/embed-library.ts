import { z } from 'zod';
import type { JobProgram, Jobs, StageCaller } from '#main/jobs';
import type { Library } from '#main/library';
import { listenTo, soundsOf } from './line/listening';
import { usualEar } from './models';

export const EmbedLibrarySchema = z.object({});

/** Slices heard by one stage: what an interrupted run loses at most. */
const AT_ONCE = 400;

/**
 * Listens to every slice of the library that the ear has not heard yet: those of tracks from before there was one, or of another
 * ear. What was heard is stored as it comes, so that a run goes on where a former one was interrupted.
 */
export function embedLibraryProgram(library: Library, modelsFolder: string): JobProgram {
  return async (call, params) => {
    EmbedLibrarySchema.parse(params);
    const ear = await usualEar(library, modelsFolder);
    const missing = ear === null ? [] : await library.sounds.missing(ear);
    call.plan(Math.ceil(missing.length / AT_ONCE), missing.length);
    for (let first = 0; first < missing.length; first += AT_ONCE) {
      const heard = await listenToAll(library, call, missing.slice(first, first + AT_ONCE));
      if (!heard) break;
    }
    return { files: [], made: {} };
  };
}

/** Answers false where the model cannot be used: so it is for the rest. */
async function listenToAll(library: Library, call: StageCaller, audio: readonly string[]): Promise<boolean> {
  const samples = [];
  for (const sha256 of audio) {
    const path = await library.artefactPath(sha256);
    if (path) samples.push({ sampleId: sha256, file: { kind: 'file' as const, path, sha256 } });
  }
  const listened = await listenTo(call, samples, { weight: audio.length });
  if (!listened) return false;
  const sounds = await soundsOf(listened, new Map(samples.map(({ sampleId, file }) => [sampleId, file])));
  await library.write(at => at.sounds.put(listened.ear, sounds));
  return true;
}

/**
 * Starts that job when something has not been heard and none is at it; resolves when the library has been heard. A job that has done
 * its work silently leaves the list.
 */
export async function ensureSounds(library: Library, jobs: Jobs, modelsFolder: string): Promise<void> {
  const ear = await usualEar(library, modelsFolder);
  if (ear === null || (await library.sounds.missing(ear)).length === 0) return;
  const former = (await jobs.list()).filter(({ kind }) => kind === 'embed-library');
  if (former.some(({ state }) => state === 'waiting' || state === 'running')) return;
  for (const { id } of former) await jobs.dismiss(id);
  const id = await jobs.enqueue('embed-library', 'Your library', {});
  const done = await jobs.finish(id);
  if (done.state === 'done' && done.progress.notes.length === 0) await jobs.dismiss(id);
}
