import { invariant } from '../../base';
import {
  ComplexFft,
  hannWindow,
  MedianOfRows,
  nearestOdd,
  nearestPowerOfTwo,
  OverlapAdd,
  runningMedian,
  SampleQueue,
} from '../../dsp';
import { drumMask, type MaskProfile, maskProfile } from './drum-mask';

const WINDOW_SECONDS = 0.0464;
const HOPS_PER_WINDOW = 4;
/** A tone longer than half of this is sustained; a kick's must not be. */
const HARMONIC_SECONDS = 0.36;
/** A sound broader than half of this is percussive. */
const PERCUSSIVE_HERTZ = 650;
/** Sum of squared Hann windows a quarter apart. */
const OVERLAP_GAIN = 1.5;

/** Pieces of equal length: `drums + residual` is the mix. */
export interface SeparatedAudio {
  readonly drums: readonly Float32Array[];
  readonly residual: readonly Float32Array[];
}

interface WindowInHand {
  readonly spectrum: Float64Array;
  readonly magnitude: Float32Array;
  readonly percussive: Float32Array;
}

/**
 * Separates the drums of a mono or stereo mix while it streams by, in memory that does not depend on its length. How
 * the mix is cut into pieces does not change a bit of the result.
 *
 * Median filtering of the magnitudes over time and over frequency (Fitzgerald, DAFx 2010), a Wiener gain with a margin
 * (Driedger, Mueller & Disch, ISMIR 2014) that is ours by frequency, and a rule of its own for kicks (`drumMask`).
 * Both channels get one gain, so that nothing moves in the stereo image.
 *
 * @see docs/algorithms/separation.md
 */
export class DrumSeparator {
  readonly #channelCount: number;
  readonly #size: number;
  readonly #hop: number;
  readonly #fft: ComplexFft;
  readonly #window: Float64Array;
  readonly #profile: MaskProfile;
  readonly #percussiveBins: number;
  readonly #sustained: MedianOfRows;
  /** Windows after the one being masked that the median over time looks at. */
  readonly #reach: number;
  readonly #inputs: readonly SampleQueue[];
  readonly #mix: readonly SampleQueue[];
  readonly #sums: readonly OverlapAdd[];
  /** Analysed windows from the oldest that is not masked yet. */
  readonly #waiting: WindowInHand[] = [];
  readonly #free: WindowInHand[] = [];
  readonly #harmonic: Float32Array;
  readonly #mask: Float32Array;
  readonly #time: Float64Array;
  readonly #shaped: Float64Array;
  /** Frames of the overlap-add that lie before the mix. */
  #leadIn: number;

  constructor(options: { readonly sampleRate: number; readonly channelCount: number }) {
    const { sampleRate, channelCount } = options;
    invariant(channelCount === 1 || channelCount === 2, 'the separator takes one or two channels');
    this.#channelCount = channelCount;
    const size = nearestPowerOfTwo(WINDOW_SECONDS * sampleRate);
    this.#size = size;
    this.#hop = size / HOPS_PER_WINDOW;
    this.#fft = new ComplexFft(size);
    this.#window = hannWindow(size);
    this.#profile = maskProfile(sampleRate, size);
    const { binCount } = this.#profile;
    this.#percussiveBins = nearestOdd((PERCUSSIVE_HERTZ * size) / sampleRate);
    const width = nearestOdd((HARMONIC_SECONDS * sampleRate) / this.#hop);
    this.#reach = (width - 1) / 2;
    this.#sustained = new MedianOfRows(binCount, width);
    this.#inputs = Array.from({ length: channelCount }, () => new SampleQueue());
    this.#mix = Array.from({ length: channelCount }, () => new SampleQueue());
    this.#sums = Array.from({ length: channelCount }, () => new OverlapAdd(size, this.#hop));
    this.#harmonic = new Float32Array(binCount);
    this.#mask = new Float32Array(binCount);
    this.#time = new Float64Array(2 * size);
    this.#shaped = new Float64Array(size);
    this.#leadIn = size - this.#hop;
    for (const input of this.#inputs) input.pushZeros(this.#leadIn);
  }

  /** Takes the next frames of the mix and gives those that are done, fewer or more, in order. */
  push(channels: readonly Float32Array[]): SeparatedAudio {
    invariant(channels.length === this.#channelCount, 'every piece of a mix has its number of channels');
    channels.forEach((channel, index) => {
      this.#inputs[index]?.push(channel);
      this.#mix[index]?.push(channel);
    });
    return this.#advance();
  }

  /** Gives all that is left. */
  finish(): SeparatedAudio {
    for (const input of this.#inputs) input.pushZeros(this.#size);
    const pieces = [this.#advance()];
    while (this.#waiting.length > 0) pieces.push(this.#maskOldest());
    return join(pieces, this.#channelCount);
  }

  #advance(): SeparatedAudio {
    const pieces: SeparatedAudio[] = [];
    while ((this.#inputs[0]?.length ?? 0) >= this.#size) {
      this.#analyse();
      if (this.#waiting.length > this.#reach) pieces.push(this.#maskOldest());
    }
    return join(pieces, this.#channelCount);
  }

  #analyse(): void {
    const { binCount } = this.#profile;
    const size = this.#size;
    const window = this.#free.pop() ?? {
      spectrum: new Float64Array(2 * size),
      magnitude: new Float32Array(binCount),
      percussive: new Float32Array(binCount),
    };
    const time = this.#time;
    const real = this.#inputs[0]!.peek(size);
    const imaginary = this.#inputs[1]?.peek(size);
    for (let at = 0; at < size; at++) {
      const weight = this.#window[at]!;
      time[2 * at] = real[at]! * weight;
      time[2 * at + 1] = imaginary ? imaginary[at]! * weight : 0;
    }
    for (const input of this.#inputs) input.drop(this.#hop);
    const { spectrum, magnitude } = window;
    this.#fft.forward(time, spectrum);
    for (let bin = 0; bin < binCount; bin++) {
      const mirror = 2 * ((size - bin) % size);
      const power =
        spectrum[2 * bin]! ** 2 +
        spectrum[2 * bin + 1]! ** 2 +
        spectrum[mirror]! ** 2 +
        spectrum[mirror + 1]! ** 2;
      magnitude[bin] = Math.sqrt(power / 2);
    }
    runningMedian(magnitude, this.#percussiveBins, window.percussive);
    this.#sustained.push(magnitude);
    this.#waiting.push(window);
  }

  #maskOldest(): SeparatedAudio {
    const window = this.#waiting.shift();
    invariant(window, 'a window waits to be masked');
    const size = this.#size;
    // At the end of the mix no later window pushes the oldest out.
    while (this.#sustained.count > 1 + this.#waiting.length + this.#reach) this.#sustained.drop();
    this.#sustained.medians(this.#harmonic);
    drumMask(this.#profile, window.magnitude, window.percussive, this.#harmonic, this.#mask);
    const { spectrum } = window;
    for (let bin = 0; bin < size; bin++) {
      const gain = this.#mask[Math.min(bin, size - bin)]!;
      spectrum[2 * bin]! *= gain;
      spectrum[2 * bin + 1]! *= gain;
    }
    this.#fft.inverse(spectrum, this.#time);
    this.#free.push(window);
    return this.#emit();
  }

  /** Overlap-adds `#time`, and takes what it yields off the mix. */
  #emit(): SeparatedAudio {
    const hop = this.#hop;
    const drums = this.#sums.map((sum, channel) => {
      for (let at = 0; at < this.#size; at++) {
        this.#shaped[at] = (this.#time[2 * at + channel]! * this.#window[at]!) / OVERLAP_GAIN;
      }
      const piece = new Float32Array(hop);
      sum.push(this.#shaped, piece);
      return piece;
    });
    const skipped = Math.min(hop, this.#leadIn);
    this.#leadIn -= skipped;
    const count = Math.min(hop - skipped, this.#mix[0]?.length ?? 0);
    const kept = drums.map(channel => channel.subarray(skipped, skipped + count));
    const residual = this.#mix.map((queue, channel) => {
      const piece = queue.take(count);
      const drum = kept[channel]!;
      for (let at = 0; at < count; at++) piece[at]! -= drum[at]!;
      return piece;
    });
    return { drums: kept, residual };
  }
}

function join(pieces: readonly SeparatedAudio[], channelCount: number): SeparatedAudio {
  const joined = (part: 'drums' | 'residual', channel: number): Float32Array => {
    const parts = pieces.map(piece => piece[part][channel]!);
    const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const values of parts) {
      whole.set(values, at);
      at += values.length;
    }
    return whole;
  };
  const channels = Array.from({ length: channelCount }, (_, channel) => channel);
  return {
    drums: channels.map(channel => joined('drums', channel)),
    residual: channels.map(channel => joined('residual', channel)),
  };
}
