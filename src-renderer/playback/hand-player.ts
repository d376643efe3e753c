import { shapedAudio, shapedOnset, shapeName } from '#shared/mix';
import type { Hit, HitShape } from '#shared/model';
import { openEngine } from './engine';
import { arrivedSlice, atRate, type SliceAudio, sliceAudio, toBuffer } from './hit-audio';
import { LiveDesk } from './live-desk';

/** A sound that is struck by hand, past any mixer. */
export interface HandStroke {
  readonly hit: Hit;
  /** null as it was cut. */
  readonly shape: HitShape | null;
  /** Linear. */
  readonly gain: number;
  readonly pan: number;
  readonly choke: string | null;
}

const desk = new LiveDesk();
const KEPT = 300;
/** By content, rate and shape. */
const buffers = new Map<string, AudioBuffer>();
let lastStroke = 0;

/** Sounds a stroke at once; where its audio has still to be read, as soon as that is here, unless another has been struck since. */
export async function strikeByHand(stroke: HandStroke): Promise<void> {
  const turn = ++lastStroke;
  const here = arrivedSlice(stroke.hit.audio);
  if (here) {
    sound(stroke, here);
    return;
  }
  const audio = await sliceAudio(stroke.hit.audio);
  if (turn === lastStroke) sound(stroke, audio);
}

function sound({ hit, shape, gain, pan, choke }: HandStroke, audio: SliceAudio): void {
  const { context, input } = openEngine(hit.sampleRate);
  const { sampleRate } = context;
  const sliceFrames = Math.round(((audio.channels[0]?.length ?? 0) * sampleRate) / audio.sampleRate);
  const attack = ((hit.onsetFrame - hit.startFrame) * sampleRate) / hit.sampleRate;
  const preRoll = shape ? shapedOnset(attack, sliceFrames, sampleRate, shape) : attack;
  const buffer = bufferOf(context, hit.audio, audio, shape);
  desk.strike(input, { buffer, preRollSeconds: preRoll / sampleRate, gain, pan, choke });
}

function bufferOf(
  context: BaseAudioContext,
  sha256: string,
  audio: SliceAudio,
  shape: HitShape | null,
): AudioBuffer {
  const name = `${sha256} ${context.sampleRate} ${shape ? shapeName(shape) : ''}`;
  const plain = (): SliceAudio => atRate(audio, context.sampleRate);
  const buffer = buffers.get(name) ?? toBuffer(context, shape ? shapedSlice(plain(), shape) : plain());
  buffers.delete(name);
  buffers.set(name, buffer);
  for (const oldest of buffers.keys()) {
    if (buffers.size <= KEPT) break;
    buffers.delete(oldest);
  }
  return buffer;
}

/** A slice as a kit plays it. */
function shapedSlice(audio: SliceAudio, shape: HitShape): SliceAudio {
  const { sampleRate, channels } = shapedAudio(audio, shape);
  return { sampleRate, channels: channels.map(channel => new Float32Array(channel)) };
}
