import { type ComplexTransform, complexTransform } from './any-fft';
import { hannWindow } from './window';

export interface SpectrogramShape {
  /** Frames of one Hann window, any number. */
  readonly size: number;
  readonly hop: number;
  /** Frame at which window 0 begins, counted from the segment's first; 0 or below. Frames outside are reflected. */
  readonly first: number;
  readonly windowCount: number;
  /** Bins kept, from 0 Hz; those above are read as 0. At most `size / 2 + 1`. */
  readonly binCount: number;
  /** Factor on the way in, undone on the way out: 1, or `1 / sqrt(size)` for a "normalised" transform. */
  readonly gain: number;
  /** Windows on each side of the kept ones that count as silent rather than as absent when windows are added up. */
  readonly silentWindows: number;
}

/** Where the four numbers of one bin lie: `plane[offset + bin * binStride + window * windowStride]`. */
export interface SpectrumPlanes {
  /** Of left re, left im, right re, right im; may be one array four times. */
  readonly arrays: readonly [Float32Array, Float32Array, Float32Array, Float32Array];
  readonly offsets: readonly [number, number, number, number];
  readonly binStride: number;
  readonly windowStride: number;
}

/** Window 0 is centred on the segment's first frame, and one more on every hop, as `torch.stft` with `center`. */
export const centredShape = (
  size: number,
  hop: number,
  frames: number,
  binCount = Math.floor(size / 2) + 1,
): SpectrogramShape => ({
  size,
  hop,
  first: -Math.floor(size / 2),
  windowCount: Math.floor(frames / hop) + 1,
  binCount,
  gain: 1,
  silentWindows: 0,
});

/**
 * Spectrogram of stereo segments of one length and the way back, for models that take and give spectra. Both
 * channels share each transform, as real and imaginary part.
 */
export class SpectrogramFrames {
  readonly shape: SpectrogramShape;
  readonly #frames: number;
  readonly #fft: ComplexTransform;
  readonly #window: Float64Array;
  readonly #time: Float64Array;
  readonly #spectrum: Float64Array;
  readonly #sums: readonly [Float64Array, Float64Array];
  /** 1 / sum of the squared windows over each frame; 0 where no window reaches. */
  readonly #inverseEnvelope: Float64Array;

  constructor(shape: SpectrogramShape, frames: number) {
    this.shape = shape;
    this.#frames = frames;
    this.#fft = complexTransform(shape.size);
    this.#window = hannWindow(shape.size);
    this.#time = new Float64Array(2 * shape.size);
    this.#spectrum = new Float64Array(2 * shape.size);
    this.#sums = [new Float64Array(frames), new Float64Array(frames)];
    this.#inverseEnvelope = inverseEnvelope(shape, this.#window, frames);
  }

  forward(left: Float32Array, right: Float32Array, planes: SpectrumPlanes): void {
    const { size, hop, first, windowCount, gain } = this.shape;
    const frames = this.#frames;
    const time = this.#time;
    for (let window = 0; window < windowCount; window++) {
      const start = first + window * hop;
      const isInside = start >= 0 && start + size <= frames;
      for (let at = 0; at < size; at++) {
        const frame = isInside ? start + at : reflected(start + at, frames);
        const weight = this.#window[at]! * gain;
        time[2 * at] = left[frame]! * weight;
        time[2 * at + 1] = right[frame]! * weight;
      }
      this.#fft.forward(time, this.#spectrum);
      this.#unpack(planes, window);
    }
  }

  /** Writes the segment whose spectra `planes` hold, on top of what `left` and `right` hold when `isAdded`. */
  inverse(planes: SpectrumPlanes, left: Float32Array, right: Float32Array, isAdded = false): void {
    const { size, hop, first, windowCount, gain } = this.shape;
    const frames = this.#frames;
    const [leftSum, rightSum] = this.#sums;
    leftSum.fill(0);
    rightSum.fill(0);
    const time = this.#time;
    const shape = this.#window;
    // With re and im exchanged before and after, the way forth is the way back, and nothing has to be scaled or conjugated.
    for (let window = 0; window < windowCount; window++) {
      this.#packExchanged(planes, window);
      this.#fft.forward(this.#spectrum, time);
      const start = first + window * hop;
      const end = Math.min(size, frames - start);
      for (let at = Math.max(0, -start); at < end; at++) {
        const weight = shape[at]!;
        rightSum[start + at]! += time[2 * at]! * weight;
        leftSum[start + at]! += time[2 * at + 1]! * weight;
      }
    }
    const envelope = this.#inverseEnvelope;
    const unit = 1 / (gain * size);
    if (!isAdded) {
      left.fill(0, 0, frames);
      right.fill(0, 0, frames);
    }
    for (let frame = 0; frame < frames; frame++) {
      const scale = envelope[frame]! * unit;
      left[frame]! += leftSum[frame]! * scale;
      right[frame]! += rightSum[frame]! * scale;
    }
  }

  /** Takes the two channels' spectra apart: of a signal `l + ir`, bins `k` and `size - k` hold both. */
  #unpack(planes: SpectrumPlanes, window: number): void {
    const { size, binCount } = this.shape;
    const spectrum = this.#spectrum;
    const { arrays, offsets, binStride, windowStride } = planes;
    const [leftRe, leftIm, rightRe, rightIm] = arrays;
    let at = window * windowStride;
    for (let bin = 0; bin < binCount; bin++) {
      const mirror = 2 * ((size - bin) % size);
      const re = spectrum[2 * bin]!;
      const im = spectrum[2 * bin + 1]!;
      const mirrorRe = spectrum[mirror]!;
      const mirrorIm = spectrum[mirror + 1]!;
      leftRe[offsets[0] + at] = (re + mirrorRe) / 2;
      leftIm[offsets[1] + at] = (im - mirrorIm) / 2;
      rightRe[offsets[2] + at] = (im + mirrorIm) / 2;
      rightIm[offsets[3] + at] = (mirrorRe - re) / 2;
      at += binStride;
    }
  }

  #packExchanged(planes: SpectrumPlanes, window: number): void {
    const { size, binCount } = this.shape;
    const spectrum = this.#spectrum.fill(0);
    const { arrays, offsets, binStride, windowStride } = planes;
    const [leftRe, leftIm, rightRe, rightIm] = arrays;
    let at = window * windowStride;
    for (let bin = 0; bin < binCount; bin++) {
      const lr = leftRe[offsets[0] + at]!;
      const rr = rightRe[offsets[2] + at]!;
      if (bin === 0 || 2 * bin === size) {
        // Of a real signal these two bins have no imaginary part, whatever a model says.
        spectrum[2 * bin] = rr;
        spectrum[2 * bin + 1] = lr;
      } else {
        const li = leftIm[offsets[1] + at]!;
        const ri = rightIm[offsets[3] + at]!;
        const mirror = 2 * (size - bin);
        spectrum[2 * bin] = li + rr;
        spectrum[2 * bin + 1] = lr - ri;
        spectrum[mirror] = rr - li;
        spectrum[mirror + 1] = lr + ri;
      }
      at += binStride;
    }
  }
}

/** The frame that a mirror at both ends of `frames` frames shows at `frame`, the end itself not repeated. */
export function reflected(frame: number, frames: number): number {
  if (frames === 1) return 0;
  const period = 2 * (frames - 1);
  const folded = ((frame % period) + period) % period;
  return folded < frames ? folded : period - folded;
}

function inverseEnvelope(shape: SpectrogramShape, window: Float64Array, frames: number): Float64Array {
  const { size, hop, first, windowCount, silentWindows } = shape;
  const envelope = new Float64Array(frames);
  for (let index = -silentWindows; index < windowCount + silentWindows; index++) {
    const start = first + index * hop;
    for (let at = Math.max(0, -start); at < Math.min(size, frames - start); at++) {
      envelope[start + at]! += window[at]! ** 2;
    }
  }
  return envelope.map(sum => (sum > 1e-11 ? 1 / sum : 0));
}
