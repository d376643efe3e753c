/** What a stem's meter reads of the last `ANALYSED_FRAMES` frames, left and right, linear. */
export interface StemReading {
  readonly peak: readonly [number, number];
  readonly rms: readonly [number, number];
}

/** 93 ms at 44.1 kHz: more than the longest pause between two frames of a busy window. */
const ANALYSED_FRAMES = 4096;
/** A level changes over this, in a straight line, so that it does not click and ends exactly where it should. */
const RAMP_SECONDS = 0.012;

/** The channel of a stem: its level, and after it what its meter reads. */
export class StemStrip {
  readonly #level: GainNode;
  readonly #analysers: readonly [AnalyserNode, AnalyserNode];
  readonly #buffer = new Float32Array(ANALYSED_FRAMES);
  #wanted: number;

  constructor(output: AudioNode, level: number) {
    const { context } = output;
    this.#wanted = level;
    this.#level = context.createGain();
    this.#level.gain.value = level;
    this.#level.connect(output);
    const splitter = context.createChannelSplitter(2);
    // Explicit stereo: a mono stem would otherwise leave the right meter dark.
    const both = context.createGain();
    both.channelCount = 2;
    both.channelCountMode = 'explicit';
    this.#level.connect(both).connect(splitter);
    const analyser = (channel: number): AnalyserNode => {
      const made = context.createAnalyser();
      made.fftSize = ANALYSED_FRAMES;
      splitter.connect(made, channel);
      return made;
    };
    this.#analysers = [analyser(0), analyser(1)];
  }

  get input(): AudioNode {
    return this.#level;
  }

  /** Linear; reached a ramp later. */
  setLevel(level: number): void {
    if (level === this.#wanted) return;
    this.#wanted = level;
    const { gain, context } = this.#level;
    const now = context.currentTime;
    gain.cancelScheduledValues(now);
    gain.setValueAtTime(gain.value, now);
    gain.linearRampToValueAtTime(level, now + RAMP_SECONDS);
  }

  read(): StemReading {
    const [left, right] = this.#analysers.map(analyser => this.#measure(analyser));
    return {
      peak: [left?.peak ?? 0, right?.peak ?? 0],
      rms: [left?.rms ?? 0, right?.rms ?? 0],
    };
  }

  close(): void {
    this.#level.disconnect();
  }

  #measure(analyser: AnalyserNode): { readonly peak: number; readonly rms: number } {
    const buffer = this.#buffer;
    analyser.getFloatTimeDomainData(buffer);
    let peak = 0;
    let squares = 0;
    for (const sample of buffer) {
      const size = Math.abs(sample);
      if (size > peak) peak = size;
      squares += sample * sample;
    }
    return { peak, rms: Math.sqrt(squares / buffer.length) };
  }
}
