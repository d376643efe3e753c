import { type FileRef, JobFailed, type StageCaller } from '#main/jobs';
import type { Tempo } from '#shared/model';
import { explain, isModelFailure, modelFault } from '#shared/protocol';
import { WEIGHTS } from './weights';

/** A model of the user's own that hears beats, by its SHA-256, and the song that it listens to. */
export interface BeatListening {
  readonly model: string | null;
  readonly mix: FileRef;
}

/** The tempo of a song's drums; null when there is no pulse. A beat model that fails gives way to the drums, and the job says so. */
export async function findTempo(
  call: StageCaller,
  drums: FileRef,
  onsets: FileRef,
  listening: BeatListening | null = null,
): Promise<Tempo | null> {
  if (listening?.model) {
    try {
      const { parts } = await call.userModel(listening.model);
      return await runTempo(call, { drums, onsets, model: { mix: listening.mix, parts } });
    } catch (error) {
      if (!(error instanceof JobFailed)) throw error;
      const { failure } = error;
      const why = isModelFailure(failure) ? modelFault(failure) : explain(failure);
      call.note(`The beat was found by the drums, without the model that was chosen for it. ${why}`);
    }
  }
  return runTempo(call, { drums, onsets });
}

async function runTempo(call: StageCaller, input: Readonly<Record<string, unknown>>): Promise<Tempo | null> {
  const { values } = await call.stage<Tempo | null>('tempo', input, {
    title: 'Finding the beat',
    weight: WEIGHTS.tempo,
  });
  return values;
}
