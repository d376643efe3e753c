import { audioUrl } from '#renderer/bridge';
import { Resampler } from '#shared/dsp';
import type { Hit, HitId } from '#shared/model';
import { decodeFrames, decodeWavHead } from './wav-source';

/** A slice's audio, planar, at its own rate. */
export interface SliceAudio {
  readonly sampleRate: number;
  readonly channels: readonly Float32Array<ArrayBuffer>[];
}

const KEPT_SLICES = 600;
const slices = new Map<string, Promise<SliceAudio>>();
/** Those of `slices` that have arrived. */
const arrived = new Map<string, SliceAudio>();

/** The audio of a hit that is here already, to be played before anything else is done. */
export const arrivedSlice = (sha256: string): SliceAudio | undefined => arrived.get(sha256);

/** The audio of a hit; the ones used last are kept. */
export function sliceAudio(sha256: string): Promise<SliceAudio> {
  const known = slices.get(sha256);
  if (known) {
    slices.delete(sha256);
    slices.set(sha256, known);
    return known;
  }
  const fetched = fetchSlice(sha256);
  slices.set(sha256, fetched);
  fetched.then(
    audio => slices.get(sha256) === fetched && arrived.set(sha256, audio),
    () => slices.delete(sha256),
  );
  for (const oldest of slices.keys()) {
    if (slices.size <= KEPT_SLICES) break;
    slices.delete(oldest);
    arrived.delete(oldest);
  }
  return fetched;
}

async function fetchSlice(sha256: string): Promise<SliceAudio> {
  const answer = await fetch(audioUrl(sha256));
  if (!answer.ok) throw new Error(`slice ${sha256.slice(0, 8)}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  const head = decodeWavHead(bytes);
  if (!head) throw new Error(`slice ${sha256.slice(0, 8)} has no WAV head`);
  const data = bytes.slice(head.dataOffset);
  return { sampleRate: head.sampleRate, channels: decodeFrames(data, head) };
}

export function toBuffer(context: BaseAudioContext, audio: SliceAudio): AudioBuffer {
  const length = Math.max(1, audio.channels[0]?.length ?? 0);
  const buffer = context.createBuffer(Math.max(1, audio.channels.length), length, audio.sampleRate);
  for (const [channel, samples] of audio.channels.entries()) buffer.copyToChannel(samples, channel);
  return buffer;
}

/** A slice at another rate, by the filter that renders use: a browser's own is a straight line between samples. */
export function atRate(audio: SliceAudio, sampleRate: number): SliceAudio {
  if (audio.sampleRate === sampleRate) return audio;
  const resampler = new Resampler(audio.sampleRate, sampleRate, audio.channels.length);
  const begun = resampler.push(audio.channels);
  const rest = resampler.finish();
  const channels = begun.map((first, channel) => {
    const whole = new Float32Array(first.length + (rest[channel]?.length ?? 0));
    whole.set(first);
    whole.set(rest[channel] ?? [], first.length);
    return whole;
  });
  return { sampleRate, channels };
}

/** Buffers of the hits that a pattern needs, by id, at the rate of `context`; a hit whose audio is lost is left out. */
export async function loadBuffers(
  context: BaseAudioContext,
  hits: readonly Hit[],
  known: ReadonlyMap<HitId, AudioBuffer>,
): Promise<Map<HitId, AudioBuffer>> {
  const pairs = await Promise.all(
    hits.map(async hit => {
      const ready = known.get(hit.id);
      if (ready) return [hit.id, ready] as const;
      const audio = await sliceAudio(hit.audio).catch(() => null);
      return audio ? ([hit.id, toBuffer(context, atRate(audio, context.sampleRate))] as const) : null;
    }),
  );
  return new Map(pairs.filter(pair => pair !== null));
}
