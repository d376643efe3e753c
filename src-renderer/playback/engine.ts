import { gainOfDecibels } from '#shared/units';

const ANALYSED_FRAMES = 2048;

export interface Engine {
  readonly context: AudioContext;
  /** Where everything that sounds is connected. */
  readonly input: AudioNode;
  /** Loudest sample of each channel over the last `ANALYSED_FRAMES`, linear. */
  peaks(): readonly [number, number];
  setVolume(decibels: number): void;
}

let engine: Engine | undefined;
let volumeDecibels = 0;

/** The one audio graph, made when something is to sound for the first time, at the rate of that sound. */
export function openEngine(sampleRate: number): Engine {
  engine ??= createEngine(sampleRate);
  if (engine.context.state === 'suspended') void engine.context.resume();
  return engine;
}

/** The graph when there is one: for meters, which must not open a device. */
export const openedEngine = (): Engine | undefined => engine;

export function setVolume(decibels: number): void {
  volumeDecibels = decibels;
  engine?.setVolume(decibels);
}

function createEngine(sampleRate: number): Engine {
  const context = new AudioContext({ sampleRate, latencyHint: 'interactive' });
  const input = context.createGain();
  const volume = context.createGain();
  volume.gain.value = gainOfDecibels(volumeDecibels);
  input.connect(volume).connect(context.destination);
  const splitter = context.createChannelSplitter(2);
  // Explicit stereo: a mono sound would otherwise leave the right meter dark.
  volume.channelCount = 2;
  volume.channelCountMode = 'explicit';
  volume.connect(splitter);
  const analysers = [0, 1].map(channel => {
    const analyser = context.createAnalyser();
    analyser.fftSize = ANALYSED_FRAMES;
    splitter.connect(analyser, channel);
    return analyser;
  });
  const buffer = new Float32Array(ANALYSED_FRAMES);
  const peakOf = (analyser: AnalyserNode | undefined): number => {
    if (!analyser) return 0;
    analyser.getFloatTimeDomainData(buffer);
    let peak = 0;
    for (const sample of buffer) peak = Math.max(peak, Math.abs(sample));
    return peak;
  };
  return {
    context,
    input,
    peaks: () => [peakOf(analysers[0]), peakOf(analysers[1])],
    setVolume: decibels => volume.gain.setTargetAtTime(gainOfDecibels(decibels), context.currentTime, 0.01),
  };
}
