import {
  BEAT_SAMPLE_RATE,
  BeatLogits,
  beatChunks,
  beatsOfLogits,
  BeatSpectrogram,
  CHUNK_FRAMES,
  chunkInput,
  detectBeatModel,
  MEL_BANDS,
  type ModelBeats,
  signatureText,
} from '#shared/analysis';
import { fail, ok, type Result } from '#shared/base';
import { Resampler } from '#shared/dsp';
import type { Failure, ModelFacts } from '#shared/protocol';
import { Failed } from '#main/platform';
import { readModelFile } from './model-file';
import { checkFinite, checkSizes } from './segment-runner';
import { type ModelFile, openSession } from './session';

const THREADS = 2;

/** A model that hears beats and downbeats in a song. `close` frees its memory. */
export interface BeatModel {
  /** Mono audio of the whole song, in pieces. Throws `Failed` when the model cannot be run, and the signal's reason. */
  listen(
    pieces: AsyncIterable<Float32Array>,
    sampleRate: number,
    signal: AbortSignal,
    report?: (fraction: number) => void,
  ): Promise<ModelBeats>;
  close(): Promise<void>;
}

/** Loads a beat model of the user's own; `modelShape` when it takes or gives other tensors. */
export async function openBeatModel(path: string): Promise<Result<BeatModel, Failure>> {
  const file = await readModelFile(path);
  return file.ok ? loadBeatModel(file.value) : file;
}

async function loadBeatModel(file: ModelFile): Promise<Result<BeatModel, Failure>> {
  const { path } = file;
  const opened = await openSession(file, { threads: THREADS });
  if (!opened.ok) return opened;
  const session = opened.value;
  const contract = detectBeatModel(session.description);
  if (!contract) {
    await session.close();
    const { inputs, outputs } = session.description;
    const words = (all: typeof inputs): string => all.map(signatureText).join(', ');
    return fail({ code: 'modelShape', path, inputs: words(inputs), outputs: words(outputs) });
  }
  return ok({
    close: () => session.close(),
    async listen(pieces, sampleRate, signal, report = () => undefined) {
      const spectrogram = await spectrogramOf(pieces, sampleRate);
      const count = spectrogram.length / MEL_BANDS;
      const beat = new BeatLogits(count);
      const downbeat = new BeatLogits(count);
      const chunks = beatChunks(count, contract.frames ?? CHUNK_FRAMES);
      for (const [index, chunk] of chunks.entries()) {
        signal.throwIfAborted();
        const frames = contract.frames ?? chunk.frames;
        const input = { data: chunkInput(spectrogram, chunk, frames), dims: [1, frames, MEL_BANDS] };
        const given = await session.run({ [contract.input]: input }, [contract.beat, contract.downbeat]);
        checkSizes(given, { [contract.beat]: frames, [contract.downbeat]: frames }, path);
        const [beats, downbeats] = [given[contract.beat]!.data, given[contract.downbeat]!.data];
        checkFinite([beats, downbeats], path);
        beat.put(chunk, beats);
        downbeat.put(chunk, downbeats);
        report((index + 1) / chunks.length);
      }
      return beatsOfLogits(beat.values, downbeat.values);
    },
  });
}

/** An hour is 92 MB of it. */
async function spectrogramOf(pieces: AsyncIterable<Float32Array>, sampleRate: number): Promise<Float32Array> {
  const resampler = sampleRate === BEAT_SAMPLE_RATE ? null : new Resampler(sampleRate, BEAT_SAMPLE_RATE, 1);
  const spectrogram = new BeatSpectrogram();
  const parts: Float32Array[] = [];
  const take = (samples: Float32Array): void => {
    parts.push(spectrogram.push(samples));
  };
  for await (const piece of pieces) take(resampler ? resampler.push([piece])[0]! : piece);
  if (resampler) take(resampler.finish()[0]!);
  parts.push(spectrogram.finish());
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Seconds of silence that a model is tried on. */
const TRIAL_SECONDS = 2;

/** What an import must know of a beat model: `modelShape` when it is none. */
export async function inspectBeatModel(file: ModelFile): Promise<Result<ModelFacts, Failure>> {
  const opened = await loadBeatModel(file);
  if (!opened.ok) return opened;
  const silence = async function* () {
    yield await Promise.resolve(new Float32Array(TRIAL_SECONDS * BEAT_SAMPLE_RATE));
  };
  try {
    await opened.value.listen(silence(), BEAT_SAMPLE_RATE, new AbortController().signal);
  } catch (error) {
    if (error instanceof Failed) return fail(error.failure);
    throw error;
  } finally {
    await opened.value.close();
  }
  return ok({ kind: 'beat', contract: 'beat-this', stems: [], sampleRate: BEAT_SAMPLE_RATE });
}
