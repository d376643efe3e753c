import { SpectrogramFrames, type SpectrogramShape, type SpectrumPlanes } from '../../dsp';
import type { SegmentAdapter } from './adapter';
import type { HybridContract, SpectrumLayout } from './contract';
import { type Tensor, tensorOf } from './tensors';

export function hybridAdapter(contract: HybridContract): SegmentAdapter {
  const { segment, shape, stemCount, waveOutput, spectrumOutputs, hostNormalised } = contract;
  const { frames } = segment;
  const spectrogram = new SpectrogramFrames(shape, frames);
  const wave = tensorOf([1, 2, frames]);
  const spectra = spectrumTensors(contract);
  const inputPlanes = planesOf(contract.layout, shape, spectra, 0, 1);
  const [waveLeft, waveRight] = [wave.data.subarray(0, frames), wave.data.subarray(frames)];
  const scratch = hostNormalised ? tensorOf(spectra[0]?.dims ?? []) : null;
  let waveLevel = UNIT;
  let spectrumLevel = UNIT;
  const spectrumSize = (4 * stemCount * shape.binCount * shape.windowCount) / spectrumOutputs.length;
  return {
    outputSizes: {
      [waveOutput]: 2 * stemCount * frames,
      ...Object.fromEntries(spectrumOutputs.map(name => [name, spectrumSize])),
    },
    encode([left, right]) {
      waveLeft.set(left);
      waveRight.set(right);
      spectrogram.forward(left, right, inputPlanes);
      if (hostNormalised) {
        waveLevel = normalise(wave.data);
        spectrumLevel = normalise(spectra[0]!.data);
      }
      const named = contract.spectrumInputs.map((name, index) => [name, spectra[index]!] as const);
      return { [contract.waveInput]: wave, ...Object.fromEntries(named) };
    },
    decode(outputs, index, [left, right]) {
      let given = spectrumOutputs.map(name => outputs[name]!);
      let place = index;
      if (scratch) {
        // Unlike the waveform's, this level stands before a linear map with edges, so it is undone before that.
        const { length } = scratch.data;
        const { data } = given[0]!;
        const start = index * length;
        for (let at = 0; at < length; at++) {
          scratch.data[at] = data[start + at]! * spectrumLevel.deviation + spectrumLevel.mean;
        }
        given = [scratch];
        place = 0;
      }
      const { data } = outputs[waveOutput]!;
      const start = 2 * frames * index;
      const { deviation, mean } = waveLevel;
      left.set(data.subarray(start, start + frames));
      right.set(data.subarray(start + frames, start + 2 * frames));
      if (waveLevel !== UNIT) {
        for (const channel of [left, right]) {
          for (let at = 0; at < frames; at++) channel[at] = channel[at]! * deviation + mean;
        }
      }
      const planes = planesOf(contract.outputLayout, shape, given, place, scratch ? 1 : stemCount);
      spectrogram.inverse(planes, left, right, true);
    },
  };
}

interface Level {
  readonly mean: number;
  readonly deviation: number;
}
const UNIT: Level = { mean: 0, deviation: 1 };

/** Brings `values` to mean 0 and deviation 1 as HTDemucs does inside: unbiased, 1e-5 added. */
function normalise(values: Float32Array): Level {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / Math.max(1, values.length - 1));
  const scale = 1 / (1e-5 + deviation);
  for (let at = 0; at < values.length; at++) values[at] = (values[at]! - mean) * scale;
  return { mean, deviation };
}

function spectrumTensors({ layout, shape }: HybridContract): readonly Tensor[] {
  const { binCount: bins, windowCount: windows } = shape;
  switch (layout) {
    case 'channels':
    case 'flat':
      return [tensorOf([1, 4, bins, windows])];
    case 'time-first':
      return [tensorOf([1, windows, 4, bins])];
    case 're-im-last':
      return [tensorOf([1, 2, bins, windows, 2])];
    case 'split':
      return [tensorOf([1, 2, bins, windows]), tensorOf([1, 2, bins, windows])];
  }
}

/** Where left re, left im, right re and right im of stem `index` of `count` lie. */
function planesOf(
  layout: SpectrumLayout,
  shape: SpectrogramShape,
  tensors: readonly Tensor[],
  index: number,
  count: number,
): SpectrumPlanes {
  const { binCount: bins, windowCount: windows } = shape;
  const [a, b] = [tensors[0]!.data, (tensors[1] ?? tensors[0])!.data];
  const plane = bins * windows;
  switch (layout) {
    case 'channels':
    case 'flat': {
      const start = 4 * plane * index;
      return {
        arrays: [a, a, a, a],
        offsets: [start, start + plane, start + 2 * plane, start + 3 * plane],
        binStride: windows,
        windowStride: 1,
      };
    }
    case 'time-first': {
      const start = 4 * bins * index;
      return {
        arrays: [a, a, a, a],
        offsets: [start, start + bins, start + 2 * bins, start + 3 * bins],
        binStride: 1,
        windowStride: 4 * bins * count,
      };
    }
    case 're-im-last': {
      const start = 4 * plane * index;
      return {
        arrays: [a, a, a, a],
        offsets: [start, start + 1, start + 2 * plane, start + 2 * plane + 1],
        binStride: 2 * windows,
        windowStride: 2,
      };
    }
    case 'split': {
      const start = 2 * plane * index;
      return {
        arrays: [a, b, a, b],
        offsets: [start, start, start + plane, start + plane],
        binStride: windows,
        windowStride: 1,
      };
    }
  }
}
