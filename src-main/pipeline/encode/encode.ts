import { join } from 'node:path';
import { z } from 'zod';
import { FileRefSchema, type Stage, throwIfCancelled } from '#main/pipeline/stage';
import {
  createWavWriter,
  encodeFlac,
  encodeMp3,
  FLAC_BITS,
  loopChunks,
  MP3_KILOBITS,
  openWav,
  WAV_FORMATS,
} from '#main/platform';
import { ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';

/** What the file says of the loop it holds, beside its rate and length. */
const LoopSchema = z.object({
  beats: z.number().int().min(1),
  tempo: z.number().positive(),
  meter: z.object({ numerator: z.number().int(), denominator: z.number().int() }),
  cues: z.array(z.object({ frame: z.number().int().min(0), label: z.string().min(1) })),
});

const FormatSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('wav'), bits: z.enum(WAV_FORMATS), loop: LoopSchema.nullable() }),
  z.object({
    kind: z.literal('flac'),
    bits: z.union(FLAC_BITS.map(bits => z.literal(bits))),
    comments: z.record(z.string(), z.string()),
  }),
  z.object({ kind: z.literal('mp3'), kilobits: z.union(MP3_KILOBITS.map(kilobits => z.literal(kilobits))) }),
]);
export type EncodeFormat = z.infer<typeof FormatSchema>;

const EncodeInputSchema = z.object({
  /** 32-bit WAVs, each under the name that its encoding is answered by. */
  sources: z.array(z.object({ key: z.string().regex(/^[A-Za-z:-]+$/), file: FileRefSchema })).min(1),
  format: FormatSchema,
});
export type EncodeInput = z.infer<typeof EncodeInputSchema>;

const PIECE_FRAMES = 65_536;

/** A render in a format for the user: WAV of any depth with the loop's chunks, FLAC, MP3. */
export const encodeStage: Stage<EncodeInput, null> = {
  name: 'encode',
  title: 'Encoding',
  version: 1,
  input: EncodeInputSchema,
  async run({ sources, format }, { folder, signal, report }) {
    const files: Record<string, string> = {};
    for (const [index, { key, file }] of sources.entries()) {
      throwIfCancelled(signal);
      const name = `${key.replace(':', '-')}.${format.kind}`;
      const encoded = await encode(file.path, join(folder, name), { key, format, signal });
      if (!encoded.ok) return encoded;
      files[key] = name;
      report((index + 1) / sources.length);
    }
    return ok({ values: null, files });
  },
};

interface Encoding {
  /** Seeds the dither of 16 bits, so that files that are added up have each its own. */
  readonly key: string;
  readonly format: EncodeFormat;
  readonly signal: AbortSignal;
}

function encode(source: string, target: string, encoding: Encoding): Promise<Result<null, Failure>> {
  const { key, format, signal } = encoding;
  if (format.kind === 'mp3') return encodeMp3(source, target, { kilobits: format.kilobits, signal });
  if (format.kind === 'flac') {
    const { bits, comments } = format;
    return encodeFlac(source, target, { bits, ditherSeed: key, comments, signal });
  }
  return encodeWav(source, target, key, format, signal);
}

async function encodeWav(
  source: string,
  target: string,
  key: string,
  { bits, loop }: Extract<EncodeFormat, { kind: 'wav' }>,
  signal: AbortSignal,
): Promise<Result<null, Failure>> {
  const opened = await openWav(source);
  if (!opened.ok) return opened;
  const { sampleRate, channelCount, frames } = opened.value;
  const writer = await createWavWriter(target, {
    sampleRate,
    channelCount,
    format: bits,
    ditherSeed: key,
    expectedFrames: frames,
    ...(loop ? { trailer: loopChunks({ sampleRate, frames, ...loop }) } : {}),
  });
  try {
    for (let start = 0; start < frames; start += PIECE_FRAMES) {
      throwIfCancelled(signal);
      await writer.write(await opened.value.read(start, PIECE_FRAMES));
    }
    await writer.finish();
    return ok(null);
  } finally {
    await opened.value.close();
    await writer.discard();
  }
}
