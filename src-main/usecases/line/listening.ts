import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type FileRef, JobFailed, type StageCaller } from '#main/jobs';
import type { Sound } from '#main/library';
import type { EmbeddedSound, EmbedValues } from '#main/pipeline/embed';
import { explain, isModelFailure, modelFault } from '#shared/protocol';
import { fileOf } from './files';
import type { SampleInput } from './inputs';
import { WEIGHTS } from './weights';

/** The bundled ear, as a folder of native-models. */
const EAR = 'drum-clap';

/** What an audio-text model heard in samples. */
export interface Listened {
  readonly ear: string;
  readonly size: number;
  /** By sample id. */
  readonly sounds: ReadonlyMap<string, EmbeddedSound>;
  /** Sample ids in the order of the rows of `vectors`. */
  readonly order: readonly string[];
  /** Little-endian float32, `size` numbers a row. */
  readonly vectors: FileRef;
}

/**
 * What samples sound like. null where the model cannot be used: the rules judge alone then, and the job says so.
 *
 * @param prompts path of a `prompts.yaml` of the user's
 */
export async function listenTo(
  call: StageCaller,
  samples: readonly Pick<SampleInput, 'sampleId' | 'file'>[],
  prompts: string | null = null,
): Promise<Listened | null> {
  const input = {
    samples: samples.map(({ sampleId, file }) => ({ sampleId, file })),
    prompts: prompts === null ? null : await call.file(resolve(prompts)),
  };
  try {
    const model = await call.manifest(EAR);
    const { values, files } = await call.stage<EmbedValues>(
      'embed',
      { ...input, model },
      { title: 'Listening to hits', weight: WEIGHTS.embed },
    );
    return {
      ear: values.ear,
      size: values.size,
      sounds: new Map(values.sounds.map(sound => [sound.sampleId, sound])),
      order: values.sounds.map(({ sampleId }) => sampleId),
      vectors: fileOf(files, 'vectors'),
    };
  } catch (error) {
    if (!(error instanceof JobFailed) || !isEarsFault(error, input)) throw error;
    const { failure } = error;
    const why = isModelFailure(failure) ? modelFault(failure) : explain(failure);
    call.note(`Roles were judged by the rules alone, without the audio-text model. ${why}`);
    return null;
  }
}

/** The model is damaged, gone, or of no use on this machine; samples and prompts are in order. */
function isEarsFault(
  { failure }: JobFailed,
  {
    samples,
    prompts,
  }: { readonly samples: readonly { readonly file: FileRef }[]; readonly prompts: FileRef | null },
): boolean {
  if (isModelFailure(failure)) return true;
  if (failure.code !== 'notFound' && failure.code !== 'badFile') return false;
  return failure.path !== prompts?.path && !samples.some(({ file }) => file.path === failure.path);
}

/** As the library keeps them. @param audio the samples' files by sample id */
export async function soundsOf(
  { size, sounds, order, vectors }: Listened,
  audio: ReadonlyMap<string, FileRef>,
): Promise<Sound[]> {
  const bytes = await readFile(vectors.path);
  return order.flatMap((sampleId, row) => {
    const sound = sounds.get(sampleId);
    const file = audio.get(sampleId);
    if (!sound || !file) return [];
    const vector = Float32Array.from({ length: size }, (_, at) => bytes.readFloatLE(4 * (row * size + at)));
    return [{ audio: file.sha256, vector, measures: sound.measures }];
  });
}
