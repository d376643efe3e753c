// Runs in the audio thread: a bundle of its own, with nothing in it but the mixer.
import { LiveMixer, type StereoInput } from '#shared/mixer';
import {
  MIXER_PROCESSOR,
  type MixerCommand,
  type MixerProcessorOptions,
  type MixerReport,
} from './mixer-message';

// What AudioWorkletGlobalScope has and TypeScript's DOM library lacks.
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(
  name: string,
  processor: new (options: { readonly processorOptions: MixerProcessorOptions }) => AudioWorkletProcessor,
): void;

/** An input for each strip, one stereo output. */
class MixerProcessor extends AudioWorkletProcessor {
  readonly #mixer: LiveMixer;
  readonly #framesPerReport: number;
  #inputs: StereoInput[] = [];
  #toReport = 0;
  #wasSilent = false;

  constructor({ processorOptions }: { readonly processorOptions: MixerProcessorOptions }) {
    super();
    const { settings, metersHertz } = processorOptions;
    this.#mixer = new LiveMixer(sampleRate, settings);
    this.#framesPerReport = metersHertz > 0 ? sampleRate / metersHertz : Infinity;
    this.#toReport = this.#framesPerReport;
    this.port.addEventListener('message', ({ data }: MessageEvent<MixerCommand>) => {
      if (data.kind === 'settings') this.#mixer.aim(data.settings);
      else this.#mixer.resetLoudness();
      this.#wasSilent = false;
    });
    this.port.start();
  }

  process(
    inputs: readonly (readonly Float32Array[])[],
    outputs: readonly (readonly Float32Array[])[],
  ): boolean {
    const [left, right] = outputs[0] ?? [];
    if (!left || !right) return true;
    if (this.#inputs.length !== inputs.length) this.#inputs = inputs.map(() => null);
    for (let index = 0; index < inputs.length; index++) {
      // Without a connection that sounds there are no channels; a mono one is left and right.
      const [first, second] = inputs[index]!;
      this.#inputs[index] = first ? [first, second ?? first] : null;
    }
    this.#mixer.pass(this.#inputs, [left, right], left.length);
    this.#toReport -= left.length;
    if (this.#toReport <= 0) this.#report();
    return true;
  }

  #report(): void {
    this.#toReport += this.#framesPerReport;
    const report: MixerReport = this.#mixer.read();
    const { master, loudness } = report;
    const isSilent = master.peak[0] === 0 && master.peak[1] === 0 && loudness.shortTermLufs === -Infinity;
    // Silence is told once.
    if (!isSilent || !this.#wasSilent) this.port.postMessage(report);
    this.#wasSilent = isSilent;
  }
}

registerProcessor(MIXER_PROCESSOR, MixerProcessor);
