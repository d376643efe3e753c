import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Failed, failureOfError } from '#main/platform';
import { type BleedParts, type Slice, SliceSchema, type SlicesFile, SlicesFileSchema } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { ListWriter } from './list-writer';

export type SlicesHead = Omit<SlicesFile, 'slices'>;

/** To `decimals` places: what a reader can use, and a fraction of the bytes. */
const rounded = (value: number, decimals: number): number =>
  Math.round(value * 10 ** decimals) / 10 ** decimals;

const roundedParts = ({ accompaniment, ringing, others }: BleedParts): BleedParts => ({
  accompaniment: rounded(accompaniment, 4),
  ringing: rounded(ringing, 4),
  others: rounded(others, 4),
});

/** Begins `slices.json`; slices follow one by one, so that no more than some are in memory. */
export const createSlices = (path: string, head: SlicesHead): Promise<ListWriter> =>
  ListWriter.open(path, head, 'slices');

/** The record of one slice as the file holds it; four decimals of a fingerprint keep cosines within 0.0005. */
export const sliceRecord = (slice: Omit<Slice, 'fingerprint'>, fingerprint: Float32Array): Slice => ({
  ...slice,
  velocity: rounded(slice.velocity, 4),
  quality: {
    signal_to_floor_db: rounded(slice.quality.signal_to_floor_db, 2),
    tail_db: rounded(slice.quality.tail_db, 2),
    clipped_frames: slice.quality.clipped_frames,
    ...(slice.quality.bleed ? { bleed: roundedParts(slice.quality.bleed) } : {}),
  },
  ...(slice.strokes
    ? {
        strokes: slice.strokes.map(({ class: drum, probability, velocity }) => ({
          class: drum,
          probability: rounded(probability, 4),
          velocity: rounded(velocity, 4),
        })),
      }
    : {}),
  fingerprint: Array.from(fingerprint, value => rounded(value, 4)),
});

/** Reads `slices.json` line by line and hands each slice to `take`. Throws `Failed` when it is not what a `slices` stage wrote. */
export async function readSlices(path: string, take: (slice: Slice) => void): Promise<SlicesHead> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  let head: SlicesHead | null = null;
  let isWhole = false;
  try {
    for await (const line of lines) {
      if (!head) {
        const { slices: _none, ...rest } = SlicesFileSchema.parse(JSON.parse(`${line}]}`));
        head = rest;
      } else if (line === ']}') isWhole = true;
      else if (line !== '') take(SliceSchema.parse(JSON.parse(line.replace(/,$/, ''))));
    }
  } catch (error) {
    throw new Failed(
      error instanceof SyntaxError || isZodError(error)
        ? damaged(path, error.message.split('\n')[0] ?? '')
        : failureOfError(error, path),
    );
  } finally {
    lines.close();
  }
  if (!head || !isWhole) throw new Failed(damaged(path, 'it ends too early'));
  return head;
}

const isZodError = (error: unknown): error is Error => error instanceof Error && error.name === 'ZodError';

const damaged = (path: string, problem: string): Failure => ({
  code: 'badFile',
  path,
  format: 'slices file',
  problems: [problem],
});
