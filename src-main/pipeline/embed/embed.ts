import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { type Ear, openBundledEar, openImportedEar } from '#main/inference';
import { FileRefSchema, type Stage, type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { Failed, failureOfError, readWav, writeFileWhole } from '#main/platform';
import {
  type Heard,
  measureForEar,
  measureSound,
  parsePrompts,
  prepareHit,
  PromptListener,
  type Prompts,
  SpectrumMeter,
  textsOf,
} from '#shared/analysis';
import { fail, ok } from '#shared/base';
import { type MonoAudio, type SoundMeasures, toMono } from '#shared/model';
import { defaultPrompts } from './default-prompts';

export const EmbedInputSchema = z.object({
  samples: z.array(z.object({ sampleId: z.string().min(1), file: FileRefSchema })),
  ear: z.discriminatedUnion('kind', [
    /** The bundled one, by its manifest, its networks beside it. */
    z.object({ kind: z.literal('bundled'), manifest: FileRefSchema }),
    /** One of the user's own, by the SHA-256 of its audio network. */
    z.object({
      kind: z.literal('imported'),
      id: z.string(),
      parts: z.array(z.object({ name: z.string(), file: FileRefSchema })).min(1),
    }),
  ]),
  /** `prompts.yaml` of the user's; null takes the bundled one. */
  prompts: FileRefSchema.nullable().default(null),
  /** What a former run gave as `texts` for the same ear and prompts; null reads them anew. */
  texts: FileRefSchema.nullable().default(null),
});
export type EmbedInput = z.output<typeof EmbedInputSchema>;

export interface EmbeddedSound {
  readonly sampleId: string;
  readonly measures: SoundMeasures;
  /** The eight of `EAR_MEASURES`; null for silence. */
  readonly earMeasures: readonly number[] | null;
  /** null for silence. */
  readonly heard: Heard | null;
}

export interface EmbedValues {
  /** By which vectors of one ear are told from those of another. */
  readonly ear: string;
  /** Numbers of a vector. */
  readonly size: number;
  readonly sounds: readonly EmbeddedSound[];
}

/** Sounds held in memory at once. */
const AT_ONCE = 16;
/** What an ear and the measures listen to at most. */
const LONGEST_SECONDS = 4;

/**
 * What slices sound like: measures, what an audio-text model takes them for, and their vectors in `vectors.f32` (little-endian
 * float32, a row a sample in the order of the input; zeros for silence). `texts.f32` holds those of the prompts.
 */
export const embedStage: Stage<EmbedInput, EmbedValues> = {
  name: 'embed',
  title: 'Listening to hits',
  version: 3,
  input: EmbedInputSchema,
  async run(input, context) {
    const opened = await openEar(input.ear);
    if (!opened.ok) return opened;
    const ear = opened.value;
    try {
      const prompts = input.prompts ? await readPrompts(input.prompts.path) : defaultPrompts();
      const sounds = await listen(input, ear, prompts, context);
      context.report(1);
      return ok({
        values: { ear: ear.id, size: ear.size, sounds },
        files: { vectors: VECTORS, texts: TEXTS },
      });
    } catch (error) {
      throwIfCancelled(context.signal);
      return fail(failureOfError(error, context.folder));
    } finally {
      await ear.close();
    }
  },
};

const VECTORS = 'vectors.f32';
const TEXTS = 'texts.f32';

const openEar = (ear: EmbedInput['ear']) =>
  ear.kind === 'bundled' ? openBundledEar(dirname(ear.manifest.path)) : openImportedEar(ear.id, ear.parts);

async function listen(
  { samples, texts }: EmbedInput,
  ear: Ear,
  prompts: Prompts,
  context: StageContext,
): Promise<EmbeddedSound[]> {
  const read = texts
    ? floatsOf(await readFile(texts.path))
    : await ear.read(textsOf(prompts), context.signal);
  await writeFileWhole(join(context.folder, TEXTS), littleEndian(read));
  const listener = new PromptListener({ prompts, vectors: read, size: ear.size });
  const meter = new SpectrumMeter();
  const began = performance.now();
  const sounds: EmbeddedSound[] = [];
  const file = await open(join(context.folder, VECTORS), 'w');
  try {
    for (let first = 0; first < samples.length; first += AT_ONCE) {
      const batch = samples.slice(first, first + AT_ONCE);
      const audio: MonoAudio[] = [];
      for (const sample of batch) {
        throwIfCancelled(context.signal);
        audio.push(await beginningOf(sample.file.path));
      }
      const { vectors, own } = await ear.hear(audio, context.signal);
      for (const [index, { sampleId }] of batch.entries()) {
        const vector = vectors.subarray(index * ear.size, (index + 1) * ear.size);
        const sound = audio[index] as MonoAudio;
        const isSilent = vector.every(value => value === 0);
        const heard = isSilent ? null : rounded(listener.hear(vector, own[index] ?? null));
        const hit = isSilent ? null : prepareHit(sound);
        const earMeasures = hit && Array.from(measureForEar(hit, meter), four);
        sounds.push({ sampleId, measures: measureSound(sound, meter), earMeasures, heard });
      }
      await file.write(littleEndian(vectors));
      const rate = (sounds.length * 1000) / Math.max(1, performance.now() - began);
      context.report((0.99 * sounds.length) / samples.length, `${rate.toFixed(0)} hits / s`);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return sounds;
}

/** Throws `Failed` when the file cannot be read. */
async function beginningOf(path: string): Promise<MonoAudio> {
  const wav = await readWav(path);
  if (!wav.ok) throw new Failed(wav.failure);
  const { sampleRate, samples } = toMono(wav.value);
  return { sampleRate, samples: samples.slice(0, LONGEST_SECONDS * sampleRate) };
}

const floatsOf = (bytes: Buffer): Float32Array =>
  Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(4 * at));

function littleEndian(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (let at = 0; at < values.length; at++) bytes.writeFloatLE(values[at]!, 4 * at);
  return bytes;
}

/** Reads a `prompts.yaml`; throws `Failed` with what is wrong, key by key. */
async function readPrompts(path: string): Promise<Prompts> {
  const parsed = parsePrompts(await readFile(path, 'utf8'));
  if (parsed.ok) return parsed.value;
  throw new Failed({ code: 'badFile', path, format: 'prompts', problems: [...parsed.failure.problems] });
}

const four = (value: number): number => Math.round(value * 1e4) / 1e4;
const fourOf = <Chances extends Readonly<Record<string, number>>>(chances: Chances): Chances =>
  Object.fromEntries(Object.entries(chances).map(([name, chance]) => [name, four(chance)])) as Chances;

/** To what is told apart in files and on screens. */
const rounded = ({ roles, instruments, description }: Heard): Heard => ({
  roles: fourOf(roles),
  instruments: fourOf(instruments),
  description: { text: description.text, likeness: four(description.likeness) },
});
