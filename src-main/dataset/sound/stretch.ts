import { frameCount, type PlanarAudio } from '#shared/model';

/** The compiled library inside signalsmith-stretch. */
interface Library {
  /** Its memory; another one after it has grown. */
  readonly HEAP8: Int8Array<ArrayBuffer>;
  _presetDefault: (channels: number, sampleRate: number) => void;
  _reset: () => void;
  _setTransposeSemitones: (semitones: number, tonalityLimit: number) => void;
  _setBuffers: (channels: number, frames: number) => number;
  _inputLatency: () => number;
  _outputLatency: () => number;
  _seek: (frames: number, rate: number) => void;
  _process: (inputFrames: number, outputFrames: number) => void;
}

interface Processor {
  readonly wasmReady: boolean;
  readonly wasmModule: Library;
}

type ProcessorClass = new (options: {
  readonly numberOfOutputs: number;
  readonly outputChannelCount: readonly number[];
}) => Processor;

/** Above it, in Hz, pitches are moved by as many Hz rather than by as large a ratio: what is there is noise. */
const TONALITY_HERTZ = 8000;
const BLOCK_FRAMES = 2048;

/**
 * `rate` times as fast and `semitones` higher, each without the other, by Signalsmith Stretch. The package is written for a browser's audio
 * worklet; the library in it is taken out by giving it the surroundings of one while it is loaded.
 */
export async function openStretch(): Promise<
  (audio: PlanarAudio, rate: number, semitones: number) => PlanarAudio
> {
  const library = await loadLibrary();
  return (audio, rate, semitones) => stretched(library, audio, rate, semitones);
}

async function loadLibrary(): Promise<Library> {
  const make = await processorClass();
  const processor = new make({ numberOfOutputs: 1, outputChannelCount: [1] });
  while (!processor.wasmReady) await new Promise(done => setTimeout(done, 1));
  return processor.wasmModule;
}

let loading: Promise<ProcessorClass> | null = null;

/** A module is loaded once in a process, so its class is kept. */
function processorClass(): Promise<ProcessorClass> {
  loading ??= loadClass();
  return loading;
}

async function loadClass(): Promise<ProcessorClass> {
  const found: ProcessorClass[] = [];
  const surroundings = {
    AudioWorkletProcessor: class {
      readonly port = { postMessage: () => {}, onmessage: null };
    },
    registerProcessor: (_name: string, own: ProcessorClass) => found.push(own),
    sampleRate: 44_100,
    currentTime: 0,
  };
  Object.assign(globalThis, surroundings);
  await import('signalsmith-stretch');
  for (const name of ['AudioWorkletProcessor', 'registerProcessor']) Reflect.deleteProperty(globalThis, name);
  const [own] = found;
  if (!own) throw new Error('signalsmith-stretch registers a processor');
  return own;
}

function stretched(library: Library, audio: PlanarAudio, rate: number, semitones: number): PlanarAudio {
  const { channels, sampleRate } = audio;
  const frames = frameCount(audio);
  const outFrames = Math.round(frames / rate);
  library._presetDefault(channels.length, sampleRate);
  library._reset();
  library._setTransposeSemitones(semitones, TONALITY_HERTZ / sampleRate);
  const [ahead, behind] = [library._inputLatency(), library._outputLatency()];
  const room = Math.max(BLOCK_FRAMES, Math.ceil(BLOCK_FRAMES * rate) + 2 + ahead + behind);
  const buffers = library._setBuffers(channels.length, room);
  const at = (place: number, length: number): Float32Array =>
    new Float32Array(library.HEAP8.buffer, buffers + 4 * room * place, length);
  let read = 0;
  const put = (count: number): void => {
    channels.forEach((samples, channel) => {
      const buffer = at(channel, count).fill(0);
      buffer.set(samples.subarray(read, Math.min(frames, read + count)));
    });
    read += count;
  };
  put(ahead);
  library._seek(ahead, rate);
  const output = channels.map(() => new Float32Array(outFrames));
  // The first frames out are the library's own delay.
  for (let written = -behind; written < outFrames; written += BLOCK_FRAMES) {
    const count = Math.round((written + behind + BLOCK_FRAMES) * rate) + ahead - read;
    put(count);
    library._process(count, BLOCK_FRAMES);
    const first = Math.max(0, -written);
    const last = Math.min(BLOCK_FRAMES, outFrames - written);
    if (last > first)
      output.forEach((samples, channel) =>
        samples.set(at(channels.length + channel, BLOCK_FRAMES).subarray(first, last), written + first),
      );
  }
  return { sampleRate, channels: output };
}
