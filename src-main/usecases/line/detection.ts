import { type FileRef, JobFailed, type StageCaller } from '#main/jobs';
import { explain, type Failure, isModelFailure, modelFault } from '#shared/protocol';
import { z } from 'zod';
import { fileOf } from './files';
import { WEIGHTS } from './weights';

/** What finds hits: the bundled network, which also tells what is struck, or the flux alone. */
export const DETECTORS = ['drum-hits', 'superflux'] as const;
export const DetectorSchema = z.enum(DETECTORS);
export type Detector = z.infer<typeof DetectorSchema>;

/** Drum audio, and the mix that it was separated from, where it was. */
export interface HeardDrums {
  readonly drums: FileRef;
  readonly mix: FileRef | null;
}

const RUN = { title: 'Finding hits', weight: WEIGHTS.onsets };

/**
 * The onsets of drum audio at `sensitivity`. Where the network cannot be used and nobody asked for it by name, the flux finds them, and
 * the job says so.
 *
 * @param detector null for the usual one
 */
export async function findOnsets(
  call: StageCaller,
  { drums, mix }: HeardDrums,
  sensitivity: number,
  detector: string | null,
): Promise<FileRef> {
  if (detector !== 'superflux') {
    try {
      const model = await call.model('drum-hits');
      const { files } = await call.stage('hits', { drums, ...(mix ? { mix } : {}), model, sensitivity }, RUN);
      return fileOf(files, 'onsets');
    } catch (error) {
      const isUnusable = error instanceof JobFailed && isModelsFault(error.failure, [drums, mix]);
      if (detector !== null || !isUnusable) throw error;
      const { failure } = error;
      const why = isModelFailure(failure) ? modelFault(failure) : explain(failure);
      call.note(`Hits were found by the flux alone, so their drums are told by sound only. ${why}`);
    }
  }
  const { files } = await call.stage('onsets', { drums, sensitivity }, RUN);
  return fileOf(files, 'onsets');
}

/** The network is damaged, gone, or of no use on this machine; the audio itself is in order. */
const isModelsFault = (failure: Failure, audio: readonly (FileRef | null)[]): boolean =>
  isModelFailure(failure) ||
  ((failure.code === 'notFound' || failure.code === 'badFile') &&
    !audio.some(file => file?.path === failure.path));
