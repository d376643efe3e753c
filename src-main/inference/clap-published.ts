import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { ClapPreprocessorSchema, prepareHit, PublishedClapPainter, type Tensor } from '#shared/analysis';
import { fail, ok, type Result } from '#shared/base';
import { importedEarId, type MonoAudio } from '#shared/model';
import type { Failure, ModelFacts } from '#shared/protocol';
import { Failed, failureOfError } from '#main/platform';
import { asUnitRows, batchesOf, type Ear, type HeardSounds } from './ear';
import { checkFinite } from './segment-runner';
import { type ModelFile, type ModelSession, openSession } from './session';

/** Files that lie beside the audio network, in the form in which such models are published. */
export const CLAP_FILES = {
  preprocessor: 'preprocessor_config.json',
  tokenizer: 'tokenizer.json',
  tokenizerConfig: 'tokenizer_config.json',
} as const;

const AUDIO = /^audio_model(.*\.onnx)$/;
/** audio_model_fp16.onnx -> text_model_fp16.onnx; null for a file that is no audio network by its name. */
export const textNetworkOf = (name: string): string | null => {
  const rest = AUDIO.exec(name)?.[1];
  return rest === undefined ? null : `text_model${rest}`;
};

export const isAudioNetwork = (name: string): boolean => AUDIO.test(name);

/** Fixed, because the bytes of a result may depend on it. */
const THREADS = 2;
/** Ten seconds of picture each. */
const SOUNDS_AT_ONCE = 4;
const TEXTS_AT_ONCE = 32;
const AUDIO_INPUT = 'input_features';
const AUDIO_OUTPUT = 'audio_embeds';
const TEXT_INPUTS = ['input_ids', 'attention_mask'] as const;
const TEXT_OUTPUT = 'text_embeds';

/** The parts of a published audio-text model (CLAP), the audio network first. */
export async function openImportedEar(
  id: string,
  parts: readonly { readonly name: string; readonly file: { readonly path: string } }[],
): Promise<Result<Ear, Failure>> {
  const [audio] = parts;
  const pathOf = (name: string | null): string | null =>
    parts.find(part => part.name === name)?.file.path ?? null;
  const text = pathOf(textNetworkOf(audio?.name ?? ''));
  const preprocessor = pathOf(CLAP_FILES.preprocessor);
  const tokenizer = pathOf(CLAP_FILES.tokenizer);
  if (!audio || !text || !preprocessor || !tokenizer)
    return fail({ code: 'modelRefused', path: audio?.file.path ?? id, reason: 'a part of it is missing' });
  return openEar(id, {
    audio: audio.file.path,
    text,
    preprocessor,
    tokenizer,
    tokenizerConfig: pathOf(CLAP_FILES.tokenizerConfig),
  });
}

interface ClapPaths {
  readonly audio: string;
  readonly text: string;
  readonly preprocessor: string;
  readonly tokenizer: string;
  readonly tokenizerConfig: string | null;
}

async function openEar(id: string, paths: ClapPaths): Promise<Result<PublishedEar, Failure>> {
  const config = await readParsed(paths.preprocessor, 'preprocessor configuration', ClapPreprocessorSchema);
  if (!config.ok) return config;
  const tokenizer = await readTokenizer(paths);
  if (!tokenizer.ok) return tokenizer;
  const audio = await openSession({ path: paths.audio, metadata: {} }, { threads: THREADS });
  if (!audio.ok) return audio;
  // The size of a vector is found by hearing something.
  const ear = new PublishedEar(
    id,
    paths,
    tokenizer.value,
    new PublishedClapPainter(config.value),
    audio.value,
  );
  try {
    await ear.begin();
    return ok(ear);
  } catch (error) {
    await ear.close();
    if (error instanceof Failed) return fail(error.failure);
    throw error;
  }
}

async function readParsed<Schema extends z.ZodType>(
  path: string,
  format: string,
  schema: Schema,
): Promise<Result<z.output<Schema>, Failure>> {
  const bad = (problems: string[]) => fail({ code: 'badFile' as const, path, format, problems });
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return bad([error.message]);
    return fail(failureOfError(error, path));
  }
  const parsed = schema.safeParse(json);
  return parsed.success
    ? ok(parsed.data)
    : bad(parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`));
}

const JsonObjectSchema = z.looseObject({});

async function readTokenizer({ tokenizer, tokenizerConfig }: ClapPaths): Promise<Result<Tokenizer, Failure>> {
  const rules = await readParsed(tokenizer, 'tokenizer', JsonObjectSchema);
  if (!rules.ok) return rules;
  const config = tokenizerConfig
    ? await readParsed(tokenizerConfig, 'tokenizer configuration', JsonObjectSchema)
    : ok({});
  if (!config.ok) return config;
  try {
    return ok(new Tokenizer(rules.value, config.value));
  } catch (error) {
    const problems = [error instanceof Error ? error.message : String(error)];
    return fail({ code: 'badFile', path: tokenizer, format: 'tokenizer', problems });
  }
}

class PublishedEar implements Ear {
  readonly id: string;
  readonly #paths: ClapPaths;
  readonly #tokenizer: Tokenizer;
  readonly #painter: PublishedClapPainter;
  readonly #audio: ModelSession;
  #text: Promise<ModelSession> | null = null;
  #size = 0;

  constructor(
    id: string,
    paths: ClapPaths,
    tokenizer: Tokenizer,
    painter: PublishedClapPainter,
    audio: ModelSession,
  ) {
    this.id = importedEarId(id);
    this.#paths = paths;
    this.#tokenizer = tokenizer;
    this.#painter = painter;
    this.#audio = audio;
  }

  get size(): number {
    return this.#size;
  }

  /** Hears a click, which tells the size of a vector. Throws `Failed` when the network is of another kind. */
  async begin(): Promise<void> {
    const { inputs, outputs } = this.#audio.description;
    if (
      inputs.length !== 1 ||
      inputs[0]?.name !== AUDIO_INPUT ||
      !outputs.some(({ name }) => name === AUDIO_OUTPUT)
    )
      throw new Failed({
        code: 'modelShape',
        path: this.#paths.audio,
        inputs: inputs.map(({ name }) => name).join(', '),
        outputs: outputs.map(({ name }) => name).join(', '),
      });
    const click = { sampleRate: 48_000, samples: Float32Array.of(1, 0, 0, 0) };
    const { data } = await this.#hearBatch([click]);
    this.#size = data.length;
  }

  async hear(sounds: readonly MonoAudio[], signal?: AbortSignal): Promise<HeardSounds> {
    const vectors = new Float32Array(sounds.length * this.size);
    const heard = sounds.flatMap((sound, row) => {
      const hit = prepareHit(sound);
      return hit ? [{ hit, row }] : [];
    });
    for (const batch of batchesOf(heard, SOUNDS_AT_ONCE)) {
      signal?.throwIfAborted();
      const { data } = await this.#hearBatch(batch.map(({ hit }) => hit));
      this.#put(data, batch, vectors, this.#paths.audio);
    }
    return { vectors, own: sounds.map(() => null) };
  }

  async #hearBatch(hits: readonly MonoAudio[]): Promise<Tensor> {
    const { frames, bands } = this.#painter;
    const pictures = new Float32Array(hits.length * frames * bands);
    for (const [index, hit] of hits.entries()) pictures.set(this.#painter.paint(hit), index * frames * bands);
    const given = await this.#audio.run(
      { [AUDIO_INPUT]: { data: pictures, dims: [hits.length, 1, frames, bands] } },
      [AUDIO_OUTPUT],
    );
    return given[AUDIO_OUTPUT] ?? { data: new Float32Array(), dims: [] };
  }

  /** Texts of as many tokens are read together: none needs padding. */
  async read(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array> {
    const vectors = new Float32Array(texts.length * this.size);
    const encoded = texts.map((text, row) => ({ row, ids: this.#tokenizer.encode(text).ids }));
    for (const group of Map.groupBy(encoded, ({ ids }) => ids.length).values())
      for (const batch of batchesOf(group, TEXTS_AT_ONCE)) {
        signal?.throwIfAborted();
        const dims = [batch.length, batch[0]?.ids.length ?? 0];
        const ids = Float32Array.from(batch.flatMap(each => each.ids));
        const session = await this.#textSession();
        const wanted = new Set(session.description.inputs.map(({ name }) => name));
        const inputs = { input_ids: { data: ids, dims }, attention_mask: { data: ids.map(() => 1), dims } };
        const given = await session.run(
          Object.fromEntries(TEXT_INPUTS.filter(name => wanted.has(name)).map(name => [name, inputs[name]])),
          [TEXT_OUTPUT],
        );
        this.#put(given[TEXT_OUTPUT]?.data ?? new Float32Array(), batch, vectors, this.#paths.text);
      }
    return vectors;
  }

  #put(
    data: Float32Array,
    batch: readonly { readonly row: number }[],
    vectors: Float32Array,
    path: string,
  ): void {
    const { size } = this;
    if (data.length !== batch.length * size)
      throw new Failed({
        code: 'modelOutput',
        path,
        reason: `it gives ${data.length} numbers where ${batch.length * size} are expected`,
      });
    checkFinite([data], path);
    asUnitRows(data, size);
    for (const [index, { row }] of batch.entries())
      vectors.set(data.subarray(index * size, (index + 1) * size), row * size);
  }

  #textSession(): Promise<ModelSession> {
    this.#text ??= openSession({ path: this.#paths.text, metadata: {} }, { threads: THREADS }).then(
      opened => {
        if (!opened.ok) throw new Failed(opened.failure);
        return opened.value;
      },
    );
    return this.#text;
  }

  async close(): Promise<void> {
    await this.#audio.close();
    const text = await this.#text?.catch(() => null);
    await text?.close();
  }
}

/** What an import must know of an audio-text model: `modelShape` when it is none. Its text network and tokenizer are tried as well. */
export async function inspectClapModel({ path }: ModelFile): Promise<Result<ModelFacts, Failure>> {
  const folder = dirname(path);
  const text = textNetworkOf(path.split(/[/\\]/).at(-1) ?? '');
  if (text === null) return fail({ code: 'modelShape', path, inputs: 'another name', outputs: 'unknown' });
  const opened = await openEar(path, {
    audio: path,
    text: join(folder, text),
    preprocessor: join(folder, CLAP_FILES.preprocessor),
    tokenizer: join(folder, CLAP_FILES.tokenizer),
    tokenizerConfig: join(folder, CLAP_FILES.tokenizerConfig),
  });
  if (!opened.ok) return opened;
  const ear = opened.value;
  try {
    await ear.read(['This is a sound of a kick drum.']);
    return ok({ kind: 'ear', contract: 'clap', stems: [], sampleRate: 48_000 });
  } catch (error) {
    if (error instanceof Failed) return fail(error.failure);
    throw error;
  } finally {
    await ear.close();
  }
}
