import { openEngine } from './engine';
import { type SliceAudio, toBuffer } from './hit-audio';

/** Over this one place gives way to another: a cut, and no click. */
const FADE_SECONDS = 0.005;

interface Sounding {
  readonly source: AudioBufferSourceNode;
  readonly gain: GainNode;
  /** Time of the audio clock at which its second 0 would have sounded. */
  readonly zero: number;
}

/** Plays a sample of a dataset, whole in memory, from anywhere in it. */
export class SamplePlayer {
  readonly #onEnd: () => void;
  #sounding: Sounding | undefined;
  /** The audio that `#buffer` was made of. */
  #audio: SliceAudio | undefined;
  #buffer: AudioBuffer | undefined;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  play(audio: SliceAudio, fromSeconds: number): void {
    this.stop();
    const { context, input } = openEngine(audio.sampleRate);
    if (this.#audio !== audio || !this.#buffer) this.#buffer = toBuffer(context, audio);
    this.#audio = audio;
    const source = new AudioBufferSourceNode(context, { buffer: this.#buffer });
    const gain = new GainNode(context, { gain: fromSeconds > 0 ? 0 : 1 });
    source.connect(gain).connect(input);
    const begin = context.currentTime + FADE_SECONDS;
    if (fromSeconds > 0) {
      gain.gain.setValueAtTime(0, begin);
      gain.gain.linearRampToValueAtTime(1, begin + FADE_SECONDS);
    }
    source.start(begin, fromSeconds);
    const sounding = { source, gain, zero: begin - fromSeconds };
    this.#sounding = sounding;
    source.addEventListener(
      'ended',
      () => {
        gain.disconnect();
        if (this.#sounding !== sounding) return;
        this.#sounding = undefined;
        this.#onEnd();
      },
      { once: true },
    );
  }

  /** What is heard now, seconds of the sample; null while nothing sounds. */
  get positionSeconds(): number | null {
    const sounding = this.#sounding;
    const context = sounding?.source.context;
    if (!sounding || !(context instanceof AudioContext)) return null;
    return Math.max(0, context.currentTime - (context.outputLatency || 0) - sounding.zero);
  }

  stop(): void {
    const sounding = this.#sounding;
    this.#sounding = undefined;
    if (!sounding) return;
    const { source, gain } = sounding;
    const now = source.context.currentTime;
    gain.gain.cancelScheduledValues(now);
    gain.gain.setTargetAtTime(0, now, FADE_SECONDS / 3);
    source.stop(now + 2 * FADE_SECONDS);
  }
}
