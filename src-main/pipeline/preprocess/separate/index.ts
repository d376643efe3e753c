import { dirname } from 'node:path';
import { z } from 'zod';
import { DrumSeparator } from '#shared/analysis';
import { fail, ok, type Result } from '#shared/base';
import { STEM_KINDS } from '#shared/model';
import type { Failure } from '#shared/protocol';
import {
  mixOfWav,
  openBundledSeparator,
  openSeparationModel,
  type SeparationModel,
  separateWithModel,
} from '#main/inference';
import { Failed, type WavFile } from '#main/platform';
import { FileRefSchema, type Stage, type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { streamPieces, withWav } from '../streaming';
import { type PartKind, StemFiles } from './stem-files';

/**
 * `mix` is mono or stereo, as the stage `read` writes it. `bundled`: a separation model of ours, its manifest beside it.
 * `user`: one of the user's own, its ONNX file first and the parts beside each other by their names.
 */
export const SeparateInputSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('hpss'), mix: FileRefSchema }),
  z.object({ method: z.literal('bundled'), mix: FileRefSchema, model: FileRefSchema }),
  z.object({
    method: z.literal('user'),
    mix: FileRefSchema,
    parts: z.array(z.object({ name: z.string(), file: FileRefSchema })).min(1),
    /** The contract that its trial ended with. */
    contract: z.string(),
    /** Share of a segment that the next one repeats, and runs with random offsets; null for the contract's own. */
    overlap: z.number().min(0).max(0.95).nullable(),
    shifts: z.number().int().min(0).max(20).nullable(),
  }),
]);
export type SeparateInput = z.infer<typeof SeparateInputSchema>;

export interface SeparateValues {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly frames: number;
  /** What it was parted into, drums first; with `residual` for what is left without the drums. */
  readonly stems: readonly PartKind[];
}

/** Parts a mix into drums, residual, whose sum is the mix, and whatever else a model gives, and draws their overviews. */
export const separateStage: Stage<SeparateInput, SeparateValues> = {
  name: 'separate',
  title: 'Separating drums',
  version: 3,
  input: SeparateInputSchema,
  async run(input, context) {
    const source = await sourceOf(input);
    if (!source.ok) return source;
    const written = await withWav(input.mix, wav => separate(wav, source.value, context));
    return written.ok ? ok(written.value) : written;
  },
};

type Piece = Readonly<Partial<Record<PartKind, readonly Float32Array[]>>>;

interface Source {
  readonly stems: readonly PartKind[];
  /** Hands out all of a mix parted, in order. */
  separate(wav: WavFile, context: StageContext, take: (piece: Piece) => Promise<void>): Promise<void>;
}

const byMedians: Source = {
  stems: ['drums'],
  async separate(wav, context, take) {
    const separator = new DrumSeparator(wav);
    await streamPieces(wav, context, async ({ channels }) => take(separator.push(channels)));
    await take(separator.finish());
  },
};

async function sourceOf(input: SeparateInput): Promise<Result<Source, Failure>> {
  if (input.method === 'hpss') return ok(byMedians);
  if (input.method === 'bundled') {
    const opened = await openBundledSeparator(dirname(input.model.path));
    return opened.ok ? ok(byModel(opened.value, {})) : opened;
  }
  const { parts, contract, overlap, shifts } = input;
  const path = parts[0]?.file.path ?? '';
  const opened = await openSeparationModel(path, { tried: contract });
  if (!opened.ok) return opened;
  const model = opened.value;
  if (!model.stems.includes('drums')) {
    await model.close();
    return fail({ code: 'modelStems', path, stems: [...model.stems] });
  }
  return ok(
    byModel(model, { ...(overlap === null ? {} : { overlap }), ...(shifts === null ? {} : { shifts }) }),
  );
}

/** Stems of names that the library knows; a model may give others, which are left in the residual. */
const isPart = (name: string): name is PartKind =>
  name !== 'mix' && name !== 'residual' && (STEM_KINDS as readonly string[]).includes(name);

function byModel(
  model: SeparationModel,
  options: { readonly overlap?: number; readonly shifts?: number },
): Source {
  const stems = model.stems.filter(isPart);
  return {
    stems,
    async separate(wav, { signal, report }, take) {
      try {
        const done = await separateWithModel(
          model,
          mixOfWav(wav),
          piece =>
            take({
              ...Object.fromEntries(stems.map((stem, index) => [stem, piece.stems[index]])),
              residual: piece.residual,
            }),
          { stems, seed: 0, signal, report, ...options },
        );
        if (!done.ok) throw new Failed(done.failure);
      } catch (error) {
        throwIfCancelled(signal);
        throw error;
      } finally {
        await model.close();
      }
    },
  };
}

async function separate(wav: WavFile, source: Source, context: StageContext) {
  const { sampleRate, channelCount, frames } = wav;
  const kinds: PartKind[] = [...source.stems, 'residual'];
  const files = await StemFiles.create(context.folder, wav, kinds);
  try {
    await source.separate(wav, context, piece => files.write(piece));
    const stems: readonly PartKind[] = STEM_KINDS.filter(kind => kind !== 'mix').filter(kind =>
      kinds.includes(kind),
    );
    return { values: { sampleRate, channelCount, frames, stems }, files: await files.finish() };
  } catch (error) {
    await files.discard();
    throw error;
  }
}
