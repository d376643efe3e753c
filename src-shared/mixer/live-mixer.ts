import { LoudnessMeter, type Loudness } from '../dsp';
import { Delay } from './delay';
import { Mixer, type MixerSettings, type StereoInput } from './mixer';

/** After so much silence nothing rings on in any filter or detector: the mixer rests until something sounds or is set. */
const QUIET_SECONDS = 10;

/** What sounded since the last reading, left and right, linear. */
export interface Level {
  readonly peak: readonly [number, number];
  readonly rms: readonly [number, number];
}

export interface MixerMeters {
  /** After each strip. */
  readonly strips: readonly Level[];
  /** After the master. */
  readonly master: Level;
  /** How far the compressor and the limiter took it down at most since the last reading, dB >= 0. */
  readonly compressorDecibels: number;
  readonly limiterDecibels: number;
  /** Of what sounded since the meter was reset. */
  readonly loudness: Loudness;
}

/** The mixer as it plays: one stereo output, and meters. */
export class LiveMixer {
  readonly latencyFrames: number;
  readonly #sampleRate: number;
  readonly #mixer: Mixer;
  readonly #delays: readonly [Delay, Delay];
  readonly #stripLevels: readonly LevelMeter[];
  readonly #masterLevel = new LevelMeter();
  #loudness: LoudnessMeter;
  /** How long nothing has come in. */
  #quietFrames = 0;

  constructor(sampleRate: number, settings: MixerSettings) {
    this.#sampleRate = sampleRate;
    this.#mixer = new Mixer(sampleRate, settings);
    this.latencyFrames = this.#mixer.latencyFrames;
    const { frames } = this.#mixer.master;
    this.#delays = [new Delay(frames), new Delay(frames)];
    this.#stripLevels = settings.strips.map(() => new LevelMeter());
    this.#loudness = new LoudnessMeter(sampleRate, 2);
  }

  aim(settings: MixerSettings): void {
    this.#quietFrames = 0;
    this.#mixer.aim(settings);
  }

  /** The loudness of a programme begins anew. */
  resetLoudness(): void {
    this.#loudness = new LoudnessMeter(this.#sampleRate, 2);
  }

  /** Takes the next `count` frames of each input and writes as many of the output. */
  pass(inputs: readonly StereoInput[], output: readonly [Float32Array, Float32Array], count: number): void {
    this.#quietFrames = isSilent(inputs, count) ? this.#quietFrames + count : 0;
    if (this.#quietFrames > QUIET_SECONDS * this.#sampleRate) {
      for (const side of output) side.fill(0, 0, count);
      return;
    }
    const mixer = this.#mixer;
    mixer.pass(inputs, count);
    for (let index = 0; index < mixer.strips.length; index++) {
      const { left, right } = mixer.strips[index]!;
      this.#stripLevels[index]!.push(left, right, count);
    }
    this.#delays[0].pass(mixer.left, count);
    this.#delays[1].pass(mixer.right, count);
    const { gains } = mixer.master;
    const [left, right] = output;
    for (let frame = 0; frame < count; frame++) {
      left[frame] = mixer.left[frame]! * gains[frame]!;
      right[frame] = mixer.right[frame]! * gains[frame]!;
    }
    this.#masterLevel.push(left, right, count);
    this.#loudness.push(output, count);
  }

  /** What the meters show; levels and reductions begin anew. */
  read(): MixerMeters {
    const { compressor, limiter } = this.#mixer.master.readReductions();
    return {
      strips: this.#stripLevels.map(level => level.read()),
      master: this.#masterLevel.read(),
      compressorDecibels: compressor,
      limiterDecibels: limiter,
      loudness: this.#loudness.reading(),
    };
  }
}

function isSilent(inputs: readonly StereoInput[], count: number): boolean {
  for (let index = 0; index < inputs.length; index++) {
    const input = inputs[index];
    if (!input) continue;
    for (let frame = 0; frame < count; frame++) {
      if (input[0][frame] !== 0 || input[1][frame] !== 0) return false;
    }
  }
  return true;
}

class LevelMeter {
  #peakLeft = 0;
  #peakRight = 0;
  #squaresLeft = 0;
  #squaresRight = 0;
  #frames = 0;

  push(left: Float32Array | Float64Array, right: Float32Array | Float64Array, count: number): void {
    for (let frame = 0; frame < count; frame++) {
      const a = left[frame]!;
      const b = right[frame]!;
      this.#peakLeft = Math.max(this.#peakLeft, Math.abs(a));
      this.#peakRight = Math.max(this.#peakRight, Math.abs(b));
      this.#squaresLeft += a * a;
      this.#squaresRight += b * b;
    }
    this.#frames += count;
  }

  read(): Level {
    const frames = Math.max(1, this.#frames);
    const level: Level = {
      peak: [this.#peakLeft, this.#peakRight],
      rms: [Math.sqrt(this.#squaresLeft / frames), Math.sqrt(this.#squaresRight / frames)],
    };
    this.#peakLeft = this.#peakRight = this.#squaresLeft = this.#squaresRight = this.#frames = 0;
    return level;
  }
}
