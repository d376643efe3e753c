import { z } from 'zod';
import {
  type ClapContract,
  correctVector,
  HitPainter,
  measureForEar,
  prepareHit,
  SpectrumMeter,
  WordCounter,
} from '#shared/analysis';
import { ok, type Result } from '#shared/base';
import { EAR_MEASURES, type Instrument, InstrumentSchema, type MonoAudio } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { Failed } from '#main/platform';
import { knownVectors } from './known-texts';
import { asUnitRows, batchesOf, type Ear, type HeardSounds } from './ear';
import { ManifestSchema } from './manifest';
import { readBundledFile, readManifest } from './model-store';
import { checkFinite, checkSizes } from './segment-runner';
import { type ModelSession, openSession } from './session';

const count = z.number().int().positive();
const hertz = z.number().positive();
const { file, bytes, sha256, ...fields } = ManifestSchema.shape;
const graph = z.looseObject({ file, bytes, sha256 });
const picture = z.looseObject({ windowFrames: count, lowHz: hertz, highHz: hertz });

/** What the manifest of the bundled ear says beyond every model's. Its preparation is that of `prepareHit`, and so are its constants. */
export const ClapManifestSchema = z.looseObject({
  ...fields,
  task: z.literal('clap'),
  graphs: z.object({ audio: graph, text: graph }),
  embedding: z.looseObject({ size: count, length: z.literal(1) }),
  sampleRate: count,
  preparation: z.looseObject({ startShare: z.literal(0.02), preRollSeconds: z.literal(0.001) }),
  pictures: z
    .looseObject({
      order: z.array(z.string()).min(1),
      bands: count,
      frames: count,
      hop: count,
      floorDb: z.number().negative(),
    })
    .transform((pictures, context) => ({
      ...pictures,
      drawn: pictures.order.map(name => {
        const found = picture.safeParse(pictures[name]);
        if (found.success) return found.data;
        context.addIssue({ code: 'custom', path: [name], message: 'is not described' });
        return z.NEVER;
      }),
    })),
  instruments: z.array(InstrumentSchema).min(1),
  correction: z
    .looseObject({
      measures: z.array(z.enum(EAR_MEASURES)).length(EAR_MEASURES.length),
      deviations: z.array(z.number().positive()).length(EAR_MEASURES.length),
      limit: z.number().positive(),
      rows: z.array(z.array(z.number())).length(EAR_MEASURES.length),
    })
    .optional(),
  text: z.looseObject({
    words: count,
    grams: count,
    unknown: z.literal(1),
    firstWord: count,
    gramLengths: z.array(count).min(1),
    gramBuckets: count,
    vocabulary: z.array(z.string()).min(1),
  }),
});
export type ClapManifest = z.output<typeof ClapManifestSchema>;

export const clapContractOf = (manifest: ClapManifest): ClapContract => ({
  pictures: {
    sampleRate: manifest.sampleRate,
    hop: manifest.pictures.hop,
    frames: manifest.pictures.frames,
    bands: manifest.pictures.bands,
    floorDb: manifest.pictures.floorDb,
    pictures: manifest.pictures.drawn,
  },
  words: manifest.text,
  size: manifest.embedding.size,
  instruments: manifest.instruments,
  correction: manifest.correction ?? null,
});

/** Fixed, because the bytes of a result may depend on it. */
const THREADS = 2;
/** Sounds, and texts, a run: 0.8 MB of pictures. */
const SOUNDS_AT_ONCE = 16;
const TEXTS_AT_ONCE = 64;

interface EarOptions {
  readonly threads?: number;
  /** Whether texts that were read when the model was made are taken from there (`known-texts.json`) instead of being read again. */
  readonly known?: boolean;
}

/** The bundled ear in `folder` (native-models/drum-clap). */
export async function openBundledEar(
  folder: string,
  { threads = THREADS, known = true }: EarOptions = {},
): Promise<Result<Ear, Failure>> {
  const read = await readManifest(folder, ClapManifestSchema);
  return read.ok ? ok(new BundledEar(folder, read.value, { threads, known })) : read;
}

type GraphName = keyof ClapManifest['graphs'];

class BundledEar implements Ear {
  readonly id: string;
  readonly size: number;
  readonly #folder: string;
  readonly #graphs: ClapManifest['graphs'];
  readonly #threads: number;
  readonly #contract: ClapContract;
  readonly #painter: HitPainter;
  readonly #counter: WordCounter;
  readonly #meter = new SpectrumMeter();
  readonly #sessions = new Map<GraphName, Promise<ModelSession>>();
  #known: Promise<ReadonlyMap<string, Float32Array>> | null = null;

  constructor(folder: string, manifest: ClapManifest, { threads, known }: Required<EarOptions>) {
    this.id = `${manifest.name}-${manifest.version}`;
    this.#folder = folder;
    this.#graphs = manifest.graphs;
    this.#threads = threads;
    if (!known) this.#known = Promise.resolve(new Map());
    this.#contract = clapContractOf(manifest);
    this.size = this.#contract.size;
    this.#painter = new HitPainter(this.#contract.pictures);
    this.#counter = new WordCounter(this.#contract.words);
  }

  async hear(sounds: readonly MonoAudio[], signal?: AbortSignal): Promise<HeardSounds> {
    const vectors = new Float32Array(sounds.length * this.size);
    const own = sounds.map((): Readonly<Partial<Record<Instrument, number>>> | null => null);
    const heard = sounds.flatMap((sound, row) => {
      const hit = prepareHit(sound);
      return hit ? [{ hit, row }] : [];
    });
    for (const batch of batchesOf(heard, SOUNDS_AT_ONCE)) {
      signal?.throwIfAborted();
      const answer = await this.#hearBatch(batch.map(({ hit }) => hit));
      for (const [index, { row }] of batch.entries()) {
        vectors.set(answer.vectors.subarray(index * this.size, (index + 1) * this.size), row * this.size);
        own[row] = answer.own[index] ?? null;
      }
    }
    return { vectors, own };
  }

  async #hearBatch(hits: readonly MonoAudio[]): Promise<HeardSounds> {
    const { bands, frames, pictures } = this.#contract.pictures;
    const painted = new Float32Array(hits.length * this.#painter.size);
    for (const [index, hit] of hits.entries()) this.#painter.paint(hit, painted, index * this.#painter.size);
    const dims = [hits.length, pictures.length, bands, frames];
    const { instruments } = this.#contract;
    const [vectors = new Float32Array(), chances, guessed = new Float32Array()] = await this.#run(
      'audio',
      { pictures: { data: painted, dims } },
      {
        embedding: hits.length * this.size,
        instrument: hits.length * instruments.length,
        measures: hits.length * EAR_MEASURES.length,
      },
    );
    this.#correct(hits, vectors, guessed);
    return {
      vectors: asUnitRows(vectors, this.size),
      own: hits.map((_, row) =>
        Object.fromEntries(
          instruments.map((name, column) => [name, chances?.[row * instruments.length + column] ?? 0]),
        ),
      ),
    };
  }

  /** Pictures show ten milliseconds a frame; what is measured on the samples themselves is more exact. */
  #correct(hits: readonly MonoAudio[], vectors: Float32Array, guessed: Float32Array): void {
    const { correction } = this.#contract;
    if (!correction) return;
    const count = EAR_MEASURES.length;
    for (const [row, hit] of hits.entries())
      correctVector(
        vectors.subarray(row * this.size, (row + 1) * this.size),
        guessed.subarray(row * count, (row + 1) * count),
        measureForEar(hit, this.#meter),
        correction,
      );
  }

  async read(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array> {
    this.#known ??= knownVectors(this.#folder, this.#graphs.text.sha256, this.size);
    const known = await this.#known;
    const vectors = new Float32Array(texts.length * this.size);
    const unknown: { readonly text: string; readonly row: number }[] = [];
    for (const [row, text] of texts.entries()) {
      const vector = known.get(text);
      if (vector) vectors.set(vector, row * this.size);
      else unknown.push({ text, row });
    }
    const read = await this.#readAnew(
      unknown.map(({ text }) => text),
      signal,
    );
    for (const [index, { row }] of unknown.entries())
      vectors.set(read.subarray(index * this.size, (index + 1) * this.size), row * this.size);
    return vectors;
  }

  async #readAnew(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array> {
    const vectors = new Float32Array(texts.length * this.size);
    const { words: width, grams: depth } = this.#contract.words;
    let row = 0;
    for (const batch of batchesOf(texts, TEXTS_AT_ONCE)) {
      signal?.throwIfAborted();
      const { words, grams } = this.#counter.numbersOf(batch);
      const [read] = await this.#run(
        'text',
        {
          words: { data: words, dims: [batch.length, width] },
          grams: { data: grams, dims: [batch.length, width, depth] },
        },
        { embedding: batch.length * this.size },
      );
      vectors.set(asUnitRows(read ?? new Float32Array(), this.size), row * this.size);
      row += batch.length;
    }
    return vectors;
  }

  async #run(
    name: GraphName,
    inputs: Parameters<ModelSession['run']>[0],
    outputs: Readonly<Record<string, number>>,
  ): Promise<Float32Array[]> {
    const session = await this.#session(name);
    const given = await session.run(inputs, Object.keys(outputs));
    const path = this.#graphs[name].file;
    checkSizes(given, outputs, path);
    const values = Object.keys(outputs).map(output => given[output]?.data ?? new Float32Array());
    checkFinite(values, path);
    return values;
  }

  #session(name: GraphName): Promise<ModelSession> {
    const opening = this.#sessions.get(name) ?? this.#open(name);
    this.#sessions.set(name, opening);
    return opening;
  }

  async #open(name: GraphName): Promise<ModelSession> {
    const found = await readBundledFile(this.#folder, this.#graphs[name]);
    if (!found.ok) throw new Failed(found.failure);
    const opened = await openSession({ ...found.value, metadata: {} }, { threads: this.#threads });
    if (!opened.ok) throw new Failed(opened.failure);
    return opened.value;
  }

  async close(): Promise<void> {
    for (const opening of this.#sessions.values()) {
      const session = await opening.catch(() => null);
      await session?.close();
    }
    this.#sessions.clear();
  }
}
