import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type FileRef, JobFailed, type StageCaller } from '#main/jobs';
import type { Sound } from '#main/library';
import type { EmbeddedSound, EmbedInput, EmbedValues } from '#main/pipeline/embed';
import { BUNDLED_EAR, EAR_SETTING, EarChoiceSchema, modelOfEar } from '#shared/model';
import { explain, isModelFailure, modelFault } from '#shared/protocol';
import { fileOf } from './files';
import type { SampleInput } from './inputs';
import { WEIGHTS } from './weights';

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

interface ListenOptions {
  /** Path of a `prompts.yaml` of the user's; null takes the bundled one. */
  readonly prompts?: string | null;
  /** Its share of the job's time. */
  readonly weight?: number;
}

const TITLE = 'Listening to hits';

/**
 * What samples sound like to the ear that the user chose. Where a model of the user's own cannot be used, the bundled one listens;
 * null where that cannot be used either: the rules judge alone then. The job says so.
 */
export async function listenTo(
  call: StageCaller,
  samples: readonly Pick<SampleInput, 'sampleId' | 'file'>[],
  { prompts = null, weight = WEIGHTS.embed }: ListenOptions = {},
): Promise<Listened | null> {
  const asked = {
    samples: samples.map(({ sampleId, file }) => ({ sampleId, file })),
    prompts: prompts === null ? null : await call.file(resolve(prompts)),
  };
  const own = await chosenModel(call);
  if (own !== null) {
    const listened = await attempt(call, asked, async () => {
      const { parts } = await call.userModel(own);
      const ear: EmbedInput['ear'] = { kind: 'imported', id: own, parts: parts.map(part => ({ ...part })) };
      // The prompts are read once in a library's life: its text network may be a hundred times as large as ours.
      const read = await run(call, { samples: [], prompts: asked.prompts, ear, texts: null }, 0);
      return run(call, { ...asked, ear, texts: fileOf(read.files, 'texts') }, weight);
    });
    if (listened.ok) return listened.value;
    call.note(`The bundled audio-text model listened instead of the one that was chosen. ${listened.why}`);
  }
  const listened = await attempt(call, asked, async () =>
    run(
      call,
      { ...asked, ear: { kind: 'bundled', manifest: await call.manifest(BUNDLED_EAR) }, texts: null },
      weight,
    ),
  );
  if (listened.ok) return listened.value;
  call.note(`Roles were judged by the rules alone, without the audio-text model. ${listened.why}`);
  return null;
}

async function chosenModel(call: StageCaller): Promise<string | null> {
  const choice = EarChoiceSchema.safeParse(await call.setting(EAR_SETTING));
  return choice.success ? modelOfEar(choice.data) : null;
}

async function run(
  call: StageCaller,
  input: EmbedInput,
  weight: number,
): Promise<Listened & { readonly files: Readonly<Record<string, FileRef>> }> {
  const { values, files } = await call.stage<EmbedValues>('embed', input, { title: TITLE, weight });
  return {
    ear: values.ear,
    size: values.size,
    sounds: new Map(values.sounds.map(sound => [sound.sampleId, sound])),
    order: values.sounds.map(({ sampleId }) => sampleId),
    vectors: fileOf(files, 'vectors'),
    files,
  };
}

type Attempt = { readonly ok: true; readonly value: Listened } | { readonly ok: false; readonly why: string };

/** Failures of the model are answered in words; all others are thrown on. */
async function attempt(
  call: StageCaller,
  { samples, prompts }: Pick<EmbedInput, 'samples' | 'prompts'>,
  work: () => Promise<Listened>,
): Promise<Attempt> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    call.signal.throwIfAborted();
    if (!(error instanceof JobFailed)) throw error;
    const { failure } = error;
    if (isModelFailure(failure)) return { ok: false, why: modelFault(failure) };
    // Damaged or gone: the model, if it is neither the prompts nor a sample.
    const isFile = failure.code === 'notFound' || failure.code === 'badFile';
    const isOurs =
      isFile && failure.path !== prompts?.path && !samples.some(({ file }) => file.path === failure.path);
    if (!isOurs) throw error;
    return { ok: false, why: explain(failure) };
  }
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
    const earMeasures = sound.earMeasures && Float32Array.from(sound.earMeasures);
    return [{ audio: file.sha256, vector, measures: sound.measures, earMeasures }];
  });
}
