import { audioUrl } from '#renderer/bridge';
import type { Stem, StemKind } from '#shared/model';
import { openEngine } from './engine';
import { toBuffer } from './hit-audio';
import { startVoice, type VoiceNode } from './voice-node';
import { WavSource } from './wav-source';

/** Seconds of audio fetched and queued at a time; two pieces are queued ahead, so memory stays flat in song length. */
const PIECE_SECONDS = 2;

/** Plays the stems of a track together, frame for frame, from anywhere in it. */
export class StemPlayer {
  #levels = new Map<StemKind, GainNode>();
  #wanted = new Map<StemKind, number>();
  #nodes = new Set<VoiceNode>();
  #stop: AbortController | undefined;
  /** Context time at which the track's time 0 would have sounded. */
  #origin = 0;
  #context: AudioContext | undefined;
  readonly #onEnd: () => void;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  get isPlaying(): boolean {
    return this.#stop !== undefined;
  }

  /** Position that sounds now, in seconds of the track. */
  positionSeconds(): number {
    const context = this.#context;
    return this.#stop && context
      ? Math.max(0, context.currentTime - (context.outputLatency || 0) - this.#origin)
      : 0;
  }

  /** Linear level of a stem, at once. */
  setLevel(kind: StemKind, level: number): void {
    this.#wanted.set(kind, level);
    const node = this.#levels.get(kind);
    if (node) node.gain.setTargetAtTime(level, node.context.currentTime, 0.005);
  }

  async play(stems: readonly Stem[], sampleRate: number, fromSeconds: number): Promise<void> {
    this.stop();
    const stop = new AbortController();
    this.#stop = stop;
    const { context, input } = openEngine(sampleRate);
    this.#context = context;
    const sources = await Promise.all(stems.map(stem => WavSource.open(audioUrl(stem.audio), stop.signal)));
    if (stop.signal.aborted) return;
    this.#levels = new Map(
      stems.map(stem => {
        const level = context.createGain();
        level.gain.value = this.#wanted.get(stem.kind) ?? 1;
        level.connect(input);
        return [stem.kind, level];
      }),
    );
    const endSeconds = Math.max(...sources.map(({ head }) => head.frames / head.sampleRate));
    let at = Math.min(fromSeconds, endSeconds);
    let isFirst = true;
    while (!stop.signal.aborted && at < endSeconds) {
      const pieces = await Promise.all(
        sources.map(source => {
          const { sampleRate: rate } = source.head;
          const first = Math.round(at * rate);
          return source.read(first, Math.round((at + PIECE_SECONDS) * rate) - first, stop.signal);
        }),
      );
      if (stop.signal.aborted) return;
      if (isFirst) this.#origin = context.currentTime + 0.05 - at;
      isFirst = false;
      for (const [index, stem] of stems.entries()) this.#queue(stem, sources[index], pieces[index], at);
      at += PIECE_SECONDS;
      await this.#until(this.#origin + at - 2 * PIECE_SECONDS, stop.signal);
    }
    await this.#until(this.#origin + endSeconds, stop.signal);
    if (stop.signal.aborted) return;
    this.stop();
    this.#onEnd();
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    for (const node of this.#nodes) node.release(0);
    this.#nodes.clear();
  }

  #queue(
    stem: Stem,
    source: WavSource | undefined,
    channels: Float32Array<ArrayBuffer>[] | undefined,
    at: number,
  ): void {
    const output = this.#levels.get(stem.kind);
    if (!source || !output || !channels?.[0]?.length) return;
    const buffer = toBuffer(output.context, { sampleRate: source.head.sampleRate, channels });
    const node = startVoice(output, { buffer, time: this.#origin + at, gain: 1, pan: 0 }, () => {
      this.#nodes.delete(node);
    });
    this.#nodes.add(node);
  }

  async #until(time: number, signal: AbortSignal): Promise<void> {
    const context = this.#context;
    if (!context) return;
    while (!signal.aborted && context.currentTime < time) {
      await new Promise(resolve => {
        setTimeout(resolve, 50);
      });
    }
  }
}
