import { describe, expect, it } from 'vitest';
import {
  centredShape,
  complexTransform,
  SpectrogramFrames,
  type SpectrogramShape,
  type SpectrumPlanes,
} from '#shared/dsp';
import { Random } from '#shared/base';

const LEFT = (n: number): number => Math.sin(0.05 * n) + 0.3 * Math.cos(0.31 * n + 1);
const RIGHT = (n: number): number => 0.5 * Math.sin(0.11 * n);

function run(shape: SpectrogramShape, frames: number) {
  const left = Float32Array.from({ length: frames }, (_, n) => LEFT(n));
  const right = Float32Array.from({ length: frames }, (_, n) => RIGHT(n));
  const plane = (): Float32Array => new Float32Array(shape.binCount * shape.windowCount);
  const planes: SpectrumPlanes = {
    arrays: [plane(), plane(), plane(), plane()],
    offsets: [0, 0, 0, 0],
    binStride: shape.windowCount,
    windowStride: 1,
  };
  const spectrogram = new SpectrogramFrames(shape, frames);
  spectrogram.forward(left, right, planes);
  const back = [new Float32Array(frames), new Float32Array(frames)] as const;
  spectrogram.inverse(planes, back[0], back[1]);
  const at = (channel: number, bin: number, window: number): [number, number] => {
    const place = bin * shape.windowCount + window;
    return [planes.arrays[2 * channel]![place]!, planes.arrays[2 * channel + 1]![place]!];
  };
  return { left, right, back, at };
}

/** HTDemucs' transform in small: window 128, hop 32, 2000 frames. */
const DEMUCS: SpectrogramShape = {
  size: 128,
  hop: 32,
  first: -48,
  windowCount: 63,
  binCount: 64,
  gain: 1 / Math.sqrt(128),
  silentWindows: 2,
};

describe('SpectrogramFrames', () => {
  // Values of torch 1.13: torch.stft(normalized=True) between the paddings and cuts of HTDemucs' _spec.
  it.each([
    [0, 1, 0, -1.762305, 0.640126],
    [0, 6, 31, 0.618804, -0.499243],
    [1, 2, 0, 0.62706, 0.55119],
    [1, 2, 62, -0.564038, -0.01298],
    [0, 0, 62, -4.698091, 0],
    [1, 5, 7, 0.015374, -0.005312],
  ])(
    'takes channel %i, bin %i, window %i of a Demucs segment as torch does',
    (channel, bin, window, re, im) => {
      const [foundRe, foundIm] = run(DEMUCS, 2000).at(channel, bin, window);
      expect(foundRe).toBeCloseTo(re, 5);
      expect(foundIm).toBeCloseTo(im, 5);
    },
  );

  // torch.istft of the same spectra between the paddings and cuts of HTDemucs' _ispec.
  it.each([
    [0, 0.080989, 0.000108],
    [10, 0.221639, 0.32195],
    [40, 1.109828, -0.475237],
    [1000, -0.562328, -0.022121],
    [1960, -0.379417, 0.460471],
    [1990, -0.97343, -0.403883],
    [1999, -0.409601, -0.009306],
  ])('gives back frame %i of a Demucs segment as torch does', (frame, left, right) => {
    const { back } = run(DEMUCS, 2000);
    expect(back[0][frame]).toBeCloseTo(left, 5);
    expect(back[1][frame]).toBeCloseTo(right, 5);
  });

  // torch.stft(center=True, pad_mode="reflect"), not normalised.
  it.each([
    [0, 1, 0, -12.263568, 0],
    [1, 2, 62, -7.259909, 5.840748],
    [0, 64, 3, 1e-5, 0],
  ])('takes channel %i, bin %i, window %i of a centred one as torch does', (channel, bin, window, re, im) => {
    const [foundRe, foundIm] = run(centredShape(128, 32, 2000), 2000).at(channel, bin, window);
    expect(foundRe).toBeCloseTo(re, 4);
    expect(foundIm).toBeCloseTo(im, 4);
  });

  it.each([
    [128, 32, 2001],
    [128, 32, 130],
    [96, 24, 1001],
    [90, 15, 777],
  ])('gives back what it took: window %i, hop %i, %i frames', (size, hop, frames) => {
    const { left, right, back } = run(centredShape(size, hop, frames), frames);
    for (let n = 0; n < frames; n++) {
      expect(Math.abs(back[0][n]! - left[n]!)).toBeLessThan(1e-5);
      expect(Math.abs(back[1][n]! - right[n]!)).toBeLessThan(1e-5);
    }
  });
});

describe('complexTransform', () => {
  it.each([1, 2, 3, 12, 90, 97, 128])('transforms %i values as the definition says, and back', size => {
    const random = Random.ofSeed(size);
    const input = Float64Array.from({ length: 2 * size }, () => random.between(-1, 1));
    const [output, back] = [new Float64Array(2 * size), new Float64Array(2 * size)];
    const transform = complexTransform(size);
    transform.forward(input, output);
    transform.inverse(output, back);
    for (let bin = 0; bin < size; bin++) {
      let [re, im] = [0, 0];
      for (let n = 0; n < size; n++) {
        const angle = (-2 * Math.PI * bin * n) / size;
        re += input[2 * n]! * Math.cos(angle) - input[2 * n + 1]! * Math.sin(angle);
        im += input[2 * n]! * Math.sin(angle) + input[2 * n + 1]! * Math.cos(angle);
      }
      expect(output[2 * bin]).toBeCloseTo(re, 9);
      expect(output[2 * bin + 1]).toBeCloseTo(im, 9);
    }
    expect(back.every((value, at) => Math.abs(value - input[at]!) < 1e-12)).toBe(true);
  });
});
