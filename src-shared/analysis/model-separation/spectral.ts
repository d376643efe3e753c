import { centredShape, SpectrogramFrames, type SpectrumPlanes } from '../../dsp';
import type { SegmentAdapter } from './adapter';
import type { SpectralContract } from './contract';
import { MODEL_RATE, triangularPlan, trimmedPlan } from './segment-plans';
import { listedSources, stemInName, stemLayout } from './stems';
import { fits, type ModelDescription, stereoOf, type Stereo, type Tensor, tensorOf } from './tensors';

const number = (text: string | undefined): number | null => {
  const value = Number(text);
  return text !== undefined && value > 0 ? value : null;
};

/** What a key of the file's metadata says; the makers do not agree on the keys' names. */
const valueOf = ({ metadata }: ModelDescription, ...keys: readonly string[]): number | null =>
  keys.map(key => number(metadata[key])).find(value => value !== null) ?? null;

/** Segments of RoFormer exports by their number of windows: 588 800 frames at hop 512, 352 800 at hop 441. */
const ROFORMER_HOPS: Readonly<Record<number, number>> = { 1151: 512, 801: 441 };
const ROFORMER_SECONDS = { 441: 352_800, 512: 588_800 };
const ROFORMER_BINS = 1025;

/** Contract D-RF: two tensors `[1, 2, bins, windows]` with odd `bins`, real and imaginary, and no waveform. */
export function detectRoformer(model: ModelDescription): SpectralContract | null {
  const { inputs, outputs } = model;
  const dims = inputs[0]?.dims ?? [];
  if (inputs.length !== 2 || outputs.length !== 2) return null;
  const bins = dims[2] ?? ROFORMER_BINS;
  if (bins % 2 === 0 || !inputs.every(input => fits(input.dims, [null, 2, bins, null]))) return null;
  if (!outputs.every(output => fits(output.dims, [null, null, 2, bins, null]))) return null;
  const windows = dims[3] ?? null;
  const size = valueOf(model, 'stft_n_fft', 'n_fft') ?? 2 * (bins - 1);
  const isMel = /mel/i.test(model.metadata['model_family'] ?? model.fileName);
  const hop =
    valueOf(model, 'stft_hop_length', 'stft_hop', 'hop_length') ??
    ROFORMER_HOPS[windows ?? 0] ??
    (windows === null ? (isMel ? 441 : 512) : size / 4);
  const frames =
    valueOf(model, 'segment_samples') ??
    (windows === null ? ROFORMER_SECONDS[isMel ? 441 : 512] : hop * (windows - 1));
  const shape = centredShape(size, hop, frames, bins);
  if (windows !== null && shape.windowCount !== windows) return null;
  const layout = stemLayout(model, outputs[0]?.dims[1] ?? null);
  const complement = complementOf(model, layout.stemCount);
  return {
    id: 'D-RF',
    family: 'spectral',
    sampleRate: valueOf(model, 'sample_rate') ?? MODEL_RATE,
    stemCount: layout.stemCount,
    stems:
      complement === null ? layout.stems : [...layout.stems, { name: complement, index: layout.stemCount }],
    segment: triangularPlan(frames),
    normalisation: 'none',
    shifts: 0,
    layout: 'split',
    shape,
    inputs: realFirst(inputs.map(({ name }) => name)),
    outputs: realFirst(outputs.map(({ name }) => name)),
    complement,
  };
}

const realFirst = (names: readonly string[]): readonly string[] =>
  [...names].sort((a, b) => Number(/im/i.test(a)) - Number(/im/i.test(b)));

/** Name of the stem that a model leaves to be subtracted, null when it gives all. */
function complementOf(model: ModelDescription, stemCount: number): string | null {
  const word = model.metadata['output_complement'];
  if (word === undefined || /^(0|false|none|)$/i.test(word)) return null;
  if (!/^(1|true)$/i.test(word)) return word;
  return listedSources(model)?.[stemCount] ?? 'other';
}

/** Window lengths of MDX-Net files that have 2048 bins, by the stem in their name, and of others by their bins. */
const MDX_SIZES: Readonly<Record<string, number>> = { drums: 4096, bass: 16_384, other: 8192, vocals: 6144 };

/** Contract M, MDX-Net: one input `[1, 4, bins, windows]`, the same out; half a window at both ends is only context. */
export function detectMdxNet(model: ModelDescription): SpectralContract | null {
  const [input] = model.inputs;
  const [output] = model.outputs;
  if (!input || !output || model.inputs.length !== 1 || model.outputs.length !== 1) return null;
  const bins = input.dims[2] ?? valueOf(model, 'dim_f');
  const windows = input.dims[3] ?? valueOf(model, 'dim_t');
  if (!fits(input.dims, [null, 4, null, null]) || bins === null || windows === null) return null;
  if (!fits(output.dims, [null, 4, bins, windows])) return null;
  const stem = stemInName(model.fileName) ?? listedSources(model)?.[0] ?? 'other';
  const size = valueOf(model, 'n_fft') ?? (bins === 2048 ? MDX_SIZES[stem] : undefined) ?? 2 * bins;
  const hop = valueOf(model, 'hop_length', 'hop') ?? Math.min(1024, size / 4);
  const frames = hop * (windows - 1);
  if (frames <= 2 * size || bins > size / 2 + 1) return null;
  return {
    id: 'M',
    family: 'spectral',
    sampleRate: valueOf(model, 'sample_rate') ?? MODEL_RATE,
    stems: [{ name: stem, index: 0 }],
    stemCount: 1,
    segment: trimmedPlan(frames, size / 2),
    normalisation: 'none',
    shifts: 0,
    layout: 'channels',
    shape: centredShape(size, hop, frames, bins),
    inputs: [input.name],
    outputs: [output.name],
    complement: null,
  };
}

export function spectralAdapter(contract: SpectralContract): SegmentAdapter {
  const { shape, segment, stemCount, inputs, outputs, layout } = contract;
  const { binCount: bins, windowCount: windows } = shape;
  const spectrogram = new SpectrogramFrames(shape, segment.frames);
  const dims = [1, layout === 'split' ? 2 : 4, bins, windows];
  const tensors = inputs.map(() => tensorOf(dims));
  const given = stereoOf(segment.frames);
  const part = stereoOf(segment.frames);
  const inputPlanes = planesOf(layout, tensors, bins * windows, 0);
  const decodeOne = (named: Readonly<Record<string, Tensor>>, index: number, stem: Stereo): void => {
    const spectra = outputs.map(name => named[name]!);
    spectrogram.inverse(planesOf(layout, spectra, bins * windows, index), stem[0], stem[1]);
  };
  return {
    outputSizes: Object.fromEntries(
      outputs.map(name => [name, stemCount * dims.reduce((product, dim) => product * dim, 1)]),
    ),
    encode(stereo) {
      stereo.forEach((channel, side) => given[side]?.set(channel));
      spectrogram.forward(given[0], given[1], inputPlanes);
      return Object.fromEntries(inputs.map((name, index) => [name, tensors[index]!]));
    },
    decode(named, index, stem) {
      if (index < stemCount) return decodeOne(named, index, stem);
      stem.forEach((channel, side) => channel.set(given[side]!));
      for (let other = 0; other < stemCount; other++) {
        decodeOne(named, other, part);
        stem.forEach((channel, side) => {
          for (let at = 0; at < channel.length; at++) channel[at]! -= part[side]![at]!;
        });
      }
    },
  };
}

function planesOf(
  layout: SpectralContract['layout'],
  tensors: readonly Tensor[],
  plane: number,
  index: number,
): SpectrumPlanes {
  const windowCount = tensors[0]!.dims.at(-1)!;
  const [a, b] = [tensors[0]!.data, (tensors[1] ?? tensors[0])!.data];
  const strides = { binStride: windowCount, windowStride: 1 };
  if (layout === 'split') {
    const start = 2 * plane * index;
    return { arrays: [a, b, a, b], offsets: [start, start, start + plane, start + plane], ...strides };
  }
  return { arrays: [a, a, a, a], offsets: [0, plane, 2 * plane, 3 * plane], ...strides };
}
