import { gainOfDecibels } from '#shared/units';
import type { Accent } from './click-track';

const SECONDS = 0.04;
/** Falls to 1/e in this. */
const DECAY_SECONDS = 0.008;
const RISE_SECONDS = 0.0005;

const SOUNDS: Readonly<Record<Accent, { readonly hertz: number; readonly decibels: number }>> = {
  bar: { hertz: 2093, decibels: -8 },
  group: { hertz: 1568, decibels: -11 },
  beat: { hertz: 1175, decibels: -15 },
};

/** A short click, its attack on the first frame: a tone that falls at once, so that it is heard through drums. */
export function clickSamples(accent: Accent, sampleRate: number): Float32Array<ArrayBuffer> {
  const { hertz, decibels } = SOUNDS[accent];
  const samples = new Float32Array(Math.round(SECONDS * sampleRate));
  const level = gainOfDecibels(decibels);
  for (let frame = 0; frame < samples.length; frame++) {
    const time = frame / sampleRate;
    const end = 1 - frame / samples.length;
    const rise = Math.min(1, (time + 1 / sampleRate) / RISE_SECONDS);
    samples[frame] =
      level * rise * end * Math.exp(-time / DECAY_SECONDS) * Math.cos(2 * Math.PI * hertz * time);
  }
  return samples;
}

/** Places clicks on frames of the audio clock; what has not begun can be taken back. */
export class ClickDesk {
  readonly #level: GainNode;
  readonly #buffers = new Map<Accent, AudioBuffer>();
  readonly #nodes = new Map<AudioBufferSourceNode, number>();

  constructor(output: AudioNode, decibels: number) {
    this.#level = new GainNode(output.context, { gain: gainOfDecibels(decibels) });
    this.#level.connect(output);
  }

  setLevel(decibels: number): void {
    this.#level.gain.setTargetAtTime(gainOfDecibels(decibels), this.#level.context.currentTime, 0.01);
  }

  start(frame: number, accent: Accent): void {
    const { context } = this.#level;
    const node = new AudioBufferSourceNode(context, { buffer: this.#bufferOf(accent) });
    node.connect(this.#level);
    node.start(frame / context.sampleRate);
    this.#nodes.set(node, frame);
    node.addEventListener(
      'ended',
      () => {
        node.disconnect();
        this.#nodes.delete(node);
      },
      { once: true },
    );
  }

  withdraw(frame: number): void {
    for (const [node, begin] of this.#nodes) {
      if (begin < frame) continue;
      node.stop();
      node.disconnect();
      this.#nodes.delete(node);
    }
  }

  #bufferOf(accent: Accent): AudioBuffer {
    const { context } = this.#level;
    const known = this.#buffers.get(accent);
    if (known) return known;
    const samples = clickSamples(accent, context.sampleRate);
    const buffer = context.createBuffer(1, samples.length, context.sampleRate);
    buffer.copyToChannel(samples, 0);
    this.#buffers.set(accent, buffer);
    return buffer;
  }
}
