import { performance } from 'node:perf_hooks';
import type { Result } from '#shared/base';
import { fail, ok } from '#shared/base';
import type { PlanarAudio } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { failureOfError, openWav, type WavFile } from '#main/platform';
import { Cancelled, type FileRef, type StageContext, throwIfCancelled } from '#main/pipeline/stage';

/** Short enough that a cancelled stage stops within a tenth of a second at ten times real time. */
const PIECE_FRAMES = 1 << 15;

/** Opens the WAV of `ref` for `work` and closes it after; expected failures of reading and writing come back as values. */
export async function withWav<Value>(
  ref: FileRef,
  work: (wav: WavFile) => Promise<Value>,
): Promise<Result<Value, Failure>> {
  const opened = await openWav(ref.path);
  if (!opened.ok) return opened;
  const wav = opened.value;
  try {
    return ok(await work(wav));
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    return fail(failureOfError(error, ref.path));
  } finally {
    await wav.close();
  }
}

/**
 * Hands all of `wav` to `take`, piece by piece, until done or cancelled, reporting progress from `share[0]` to
 * `share[1]` of the stage, and the speed.
 */
export async function streamPieces(
  wav: WavFile,
  context: StageContext,
  take: (piece: PlanarAudio) => Promise<void> | void,
  share: readonly [from: number, to: number] = [0, 1],
): Promise<void> {
  const [from, to] = share;
  const begin = performance.now();
  for (let start = 0; start < wav.frames; start += PIECE_FRAMES) {
    throwIfCancelled(context.signal);
    await take(await wav.read(start, PIECE_FRAMES));
    const done = Math.min(wav.frames, start + PIECE_FRAMES);
    const seconds = (performance.now() - begin) / 1000;
    context.report(from + ((to - from) * done) / wav.frames, rateText(done / wav.sampleRate / seconds));
  }
  throwIfCancelled(context.signal);
}

const rateText = (rate: number): string => `${rate.toFixed(rate < 10 ? 1 : 0)}x real time`;
