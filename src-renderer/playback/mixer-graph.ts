import { mixerSettings } from '#shared/mix';
import { type MixerMeters, mixerFrames } from '#shared/mixer';
import { type Mix, PLAIN_MIX, type Role, ROLES_IN_ORDER } from '#shared/model';
import {
  MIXER_PROCESSOR,
  type MixerCommand,
  type MixerProcessorOptions,
  type MixerReport,
} from './mixer-message';
// oxlint-disable-next-line import/default -- Vite makes a file of it and exports where that lies
import processorUrl from './mixer-processor.ts?worker&url';

const METERS_HERTZ = 30;

/** The mixer in an audio graph: the same code as the offline render's, in the audio thread. */
export interface MixerGraph {
  /** Where a role's voices go in. */
  input(role: Role): AudioNode;
  readonly output: AudioNode;
  /** From an input to the output, whatever the mix. */
  readonly latencySeconds: number;
  /** Goes to another mix within 20 ms. */
  setMix(mix: Mix): void;
  /** What the meters said last, strips in the order of `ROLES_IN_ORDER`; null before the first. */
  meters(): MixerMeters | null;
  /** The loudness of the programme begins anew. */
  resetLoudness(): void;
}

const withProcessor = new WeakSet<BaseAudioContext>();

/** A mixer for `context`, which may be an offline one, that begins with `mix`. */
export async function createMixerGraph(context: BaseAudioContext, mix: Mix = PLAIN_MIX): Promise<MixerGraph> {
  if (!withProcessor.has(context)) {
    await context.audioWorklet.addModule(processorUrl);
    withProcessor.add(context);
  }
  const isLive = context instanceof AudioContext;
  const options: MixerProcessorOptions = {
    settings: mixerSettings(mix, ROLES_IN_ORDER),
    metersHertz: isLive ? METERS_HERTZ : 0,
  };
  const node = new AudioWorkletNode(context, MIXER_PROCESSOR, {
    numberOfInputs: ROLES_IN_ORDER.length,
    numberOfOutputs: 1,
    outputChannelCount: [2],
    channelCount: 2,
    channelCountMode: 'explicit',
    channelInterpretation: 'speakers',
    processorOptions: options,
  });
  const inputs = new Map(
    ROLES_IN_ORDER.map((role, index) => {
      const input = context.createGain();
      input.connect(node, 0, index);
      return [role, input];
    }),
  );
  let latest: MixerReport | null = null;
  node.port.addEventListener('message', ({ data }: MessageEvent<MixerReport>) => {
    latest = data;
  });
  node.port.start();
  const send = (command: MixerCommand): void => node.port.postMessage(command);
  let current = mix;
  return {
    output: node,
    latencySeconds: mixerFrames(context.sampleRate) / context.sampleRate,
    input: role => inputs.get(role) ?? node,
    setMix: next => {
      if (next === current) return;
      current = next;
      send({ kind: 'settings', settings: mixerSettings(next, ROLES_IN_ORDER) });
    },
    meters: () => latest,
    resetLoudness: () => send({ kind: 'resetLoudness' }),
  };
}
