import { centredShape, SpectrogramFrames, type SpectrumPlanes } from '../../dsp';
import type { SegmentAdapter } from './adapter';
import type { MagnitudeContract } from './contract';
import { MODEL_RATE, triangularPlan, trimmedPlan } from './segment-plans';
import { listedSources, stemInName } from './stems';
import { fits, type ModelDescription, type Tensor, tensorOf } from './tensors';

/** Spleeter sees blocks of 512 windows and the lower 1024 bins. */
const SPLEETER_WINDOWS = 512;
const SPLEETER_BINS = 1024;
const SPLEETER_SIZE = 4096;
const SPLEETER_HOP = 1024;
/** Windows of an Open-Unmix segment where the model takes any number: 11.9 s. */
const UNMIX_WINDOWS = 512;

/** Spleeter: `[2, blocks, 512, 1024]` or `[blocks, 2, 512, 1024]`, the channels' magnitudes, in and out. */
export function detectSpleeter(model: ModelDescription): MagnitudeContract | null {
  const [input] = model.inputs;
  if (!input || model.inputs.length !== 1) return null;
  const { dims } = input;
  const ends = [SPLEETER_WINDOWS, SPLEETER_BINS];
  if (dims.slice(2).some((dim, axis) => dim !== ends[axis])) return null;
  const isChannelsFirst = fits(dims, [2, null, ...ends]) && dims[1] !== 2;
  if (!isChannelsFirst && !fits(dims, [null, 2, ...ends])) return null;
  if (!model.outputs.every(output => fits(output.dims, [null, null, ...ends]))) return null;
  const blocks = dims[isChannelsFirst ? 1 : 0] ?? 1;
  const windows = blocks * SPLEETER_WINDOWS;
  const frames = SPLEETER_HOP * (windows - 1);
  return {
    ...common(model),
    id: 'spleeter',
    segment: trimmedPlan(frames, SPLEETER_SIZE / 2),
    shape: centredShape(SPLEETER_SIZE, SPLEETER_HOP, frames, SPLEETER_BINS),
    layout: isChannelsFirst ? 'channels-blocks' : 'blocks-channels',
    input: input.name,
  };
}

/** Open-Unmix: `[1, 2, bins, windows]` with odd `bins`, magnitudes, in and out. */
export function detectOpenUnmix(model: ModelDescription): MagnitudeContract | null {
  const [input] = model.inputs;
  if (!input || model.inputs.length !== 1) return null;
  const bins = input.dims[2] ?? 0;
  if (bins % 2 === 0 || bins < 3 || !fits(input.dims, [null, 2, null, null])) return null;
  if (!model.outputs.every(output => fits(output.dims, [null, 2, bins, null]))) return null;
  const size = 2 * (bins - 1);
  const hop = size / 4;
  const frames = hop * ((input.dims[3] ?? UNMIX_WINDOWS) - 1);
  return {
    ...common(model),
    id: 'open-unmix',
    segment: triangularPlan(frames),
    shape: centredShape(size, hop, frames, bins),
    layout: 'bins-windows',
    input: input.name,
  };
}

function common(model: ModelDescription) {
  const outputs = model.outputs.map(({ name }) => name);
  const listed = listedSources(model);
  const nameOf = (output: string, index: number): string =>
    listed?.[index] ??
    stemInName(output) ??
    (outputs.length === 1 ? stemInName(model.fileName) : null) ??
    (outputs.length === 1 ? 'other' : `stem-${index + 1}`);
  return {
    family: 'magnitude' as const,
    sampleRate: MODEL_RATE,
    stems: outputs.map((output, index) => ({ name: nameOf(output, index), index })),
    stemCount: outputs.length,
    normalisation: 'none' as const,
    shifts: 0,
    outputs,
  };
}

export function magnitudeAdapter(contract: MagnitudeContract): SegmentAdapter {
  const { shape, segment, input, outputs } = contract;
  const { binCount: bins, windowCount: windows } = shape;
  const plane = bins * windows;
  const spectrogram = new SpectrogramFrames(shape, segment.frames);
  const mix = Array.from({ length: 4 }, () => new Float32Array(plane)) as unknown as SpectrumPlanes['arrays'];
  const stem = mix.map(values => values.slice()) as unknown as SpectrumPlanes['arrays'];
  const strides = { offsets: [0, 0, 0, 0] as const, binStride: windows, windowStride: 1 };
  const magnitudes = tensorOf(dimsOf(contract));
  return {
    outputSizes: Object.fromEntries(outputs.map(name => [name, 2 * plane])),
    encode([left, right]) {
      spectrogram.forward(left, right, { arrays: mix, ...strides });
      visit(contract, (at, side, place) => {
        magnitudes.data[at] = Math.hypot(mix[2 * side]![place]!, mix[2 * side + 1]![place]!);
      });
      return { [input]: magnitudes };
    },
    decode(named, index, [left, right]) {
      const share = shareOf(
        outputs.map(name => named[name]!),
        magnitudes,
        index,
      );
      visit(contract, (at, side, place) => {
        const gain = share(at);
        stem[2 * side]![place] = mix[2 * side]![place]! * gain;
        stem[2 * side + 1]![place] = mix[2 * side + 1]![place]! * gain;
      });
      spectrogram.inverse({ arrays: stem, ...strides }, left, right);
    },
  };
}

const dimsOf = ({ layout, shape: { binCount, windowCount } }: MagnitudeContract): readonly number[] => {
  if (layout === 'bins-windows') return [1, 2, binCount, windowCount];
  const blocks = windowCount / SPLEETER_WINDOWS;
  const axes = layout === 'channels-blocks' ? [2, blocks] : [blocks, 2];
  return [...axes, SPLEETER_WINDOWS, binCount];
};

/** Calls for every number of a tensor: its place there, its channel, and its place in a plane of bins by windows. */
function visit(
  { layout, shape: { binCount: bins, windowCount: windows } }: MagnitudeContract,
  each: (at: number, side: number, place: number) => void,
): void {
  for (let side = 0; side < 2; side++) {
    for (let window = 0; window < windows; window++) {
      const block = Math.floor(window / SPLEETER_WINDOWS);
      const blockRow =
        layout === 'channels-blocks' ? side * (windows / SPLEETER_WINDOWS) + block : 2 * block + side;
      const row = blockRow * SPLEETER_WINDOWS + (window % SPLEETER_WINDOWS);
      for (let bin = 0; bin < bins; bin++) {
        const place = bin * windows + window;
        each(layout === 'bins-windows' ? side * bins * windows + place : row * bins + bin, side, place);
      }
    }
  }
}

/**
 * The gain of one stem at each place: its power's share of all stems' (Wiener), or, of a model with one stem, its
 * magnitude's share of the mix, never more than all.
 */
function shareOf(outputs: readonly Tensor[], mix: Tensor, index: number): (at: number) => number {
  const own = outputs[index]!.data;
  if (outputs.length === 1) return at => Math.min(1, Math.max(0, own[at]! / Math.max(mix.data[at]!, 1e-10)));
  return at => {
    let power = 1e-20;
    for (const { data } of outputs) power += data[at]! ** 2;
    return own[at]! ** 2 / power;
  };
}
