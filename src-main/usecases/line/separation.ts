import { type FileRef, JobFailed, type StageCaller, type UserModel } from '#main/jobs';
import {
  modelOfSeparator,
  type Separator,
  SeparatorSchema,
  type StemKind,
  USUAL_SEPARATOR,
} from '#shared/model';
import { explain, type Failure, isModelFailure, modelFault } from '#shared/protocol';
import { z } from 'zod';
import { fileOf } from './files';
import { WEIGHTS } from './weights';

/** How the drums are taken out of a song; the same on every door. */
export const SeparationSchema = z.object({
  separator: SeparatorSchema.default(USUAL_SEPARATOR),
  /** Of a model of the user's own: share of a segment that the next one repeats; null for what its contract says. */
  overlap: z.number().min(0).max(0.95).nullable().default(null),
  /** Of such a model: runs with random offsets whose mean is taken; null for what its contract says. */
  shifts: z.number().int().min(0).max(20).nullable().default(null),
});
export type Separation = z.infer<typeof SeparationSchema>;

/** Without a model, when the bundled one cannot be used. */
const WITHOUT_MODEL = 'hpss' satisfies Separator;

export interface SongStem {
  readonly kind: StemKind;
  readonly audio: FileRef;
  readonly peaks: FileRef;
  /** On the drums of a song that goes into the library. */
  readonly bleed?: FileRef;
}

export interface SeparatedSong {
  readonly drums: FileRef;
  /** Everything but the mix. */
  readonly stems: readonly SongStem[];
  /** The one that did it: `hpss` where the bundled model could not be used. */
  readonly separator: Separator;
}

/**
 * Parts a song. Where the bundled model cannot be used the song is separated without one, and the job says so; a model
 * of the user's own that fails ends the job with what went wrong, so that the user chooses.
 */
export async function separateDrums(
  call: StageCaller,
  mix: FileRef,
  separation: Separation,
): Promise<SeparatedSong> {
  const { separator } = separation;
  if (separator === WITHOUT_MODEL) return separateBy(call, separator, { method: WITHOUT_MODEL, mix });
  const id = modelOfSeparator(separator);
  if (id !== null) return separateByUsers(call, mix, separation, await call.userModel(id));
  try {
    return await separateBy(call, separator, { method: 'bundled', mix, model: await call.model(separator) });
  } catch (error) {
    if (!(error instanceof JobFailed) || !isUnusable(error.failure)) throw error;
    const { failure } = error;
    const why = isModelFailure(failure) ? modelFault(failure) : explain(failure);
    call.note(
      `The song was separated without a model (${WITHOUT_MODEL}), which leaves more of the other instruments in the drums. ${why}`,
    );
    return separateBy(call, WITHOUT_MODEL, { method: WITHOUT_MODEL, mix });
  }
}

/** The bundled model is damaged, gone, or of no use on this machine. */
const isUnusable = (failure: Failure): boolean =>
  isModelFailure(failure) || failure.code === 'notFound' || failure.code === 'badFile';

/** A failure of the user's model is told by the name that the user gave it. */
async function separateByUsers(
  call: StageCaller,
  mix: FileRef,
  { separator, overlap, shifts }: Separation,
  { name, parts, contract }: UserModel,
): Promise<SeparatedSong> {
  try {
    return await separateBy(call, separator, { method: 'user', mix, parts, contract, overlap, shifts });
  } catch (error) {
    throw error instanceof JobFailed ? new JobFailed(asModels(error.failure, name)) : error;
  }
}

/** A process that ended while a model of the user's ran was ended by the model, as far as the user is concerned. */
function asModels(failure: Failure, path: string): Failure {
  switch (failure.code) {
    case 'workerDied':
      return { code: 'modelCrashed', path, reason: failure.reason };
    case 'workerSilent':
      return { code: 'modelCrashed', path, reason: `no sign of life for ${failure.seconds} s` };
    default:
      return isModelFailure(failure) && 'path' in failure ? { ...failure, path } : failure;
  }
}

async function separateBy(
  call: StageCaller,
  separator: Separator,
  input: Readonly<Record<string, unknown>>,
): Promise<SeparatedSong> {
  const { files, values } = await call.stage<{ readonly stems: readonly StemKind[] }>('separate', input, {
    title: 'Separating drums',
    weight: WEIGHTS.separate,
  });
  const stems = values.stems.map(kind => ({
    kind,
    audio: fileOf(files, kind),
    peaks: fileOf(files, `${kind}Peaks`),
  }));
  return { drums: fileOf(files, 'drums'), stems, separator };
}
