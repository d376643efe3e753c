import type { SegmentAdapter } from './adapter';
import type { ContractId, WaveformContract } from './contract';
import { HTDEMUCS_FRAMES, MODEL_RATE, rampedPlan, triangularPlan } from './segment-plans';
import { stemLayout } from './stems';
import { fits, type ModelDescription, tensorOf } from './tensors';

/** Contracts B, C and C2: `[1, 2, frames]` in, `[1, stems, 2, frames]` out. */
export function detectWaveform(model: ModelDescription): WaveformContract | null {
  const [input] = model.inputs;
  const [output] = model.outputs;
  if (!input || !output || model.inputs.length !== 1 || !fits(input.dims, [null, 2, null])) return null;
  const isOneStem = fits(output.dims, [null, 2, null]);
  if (!isOneStem && !fits(output.dims, [null, null, 2, null])) return null;
  const frames = input.dims[2] ?? output.dims.at(-1) ?? HTDEMUCS_FRAMES;
  const id = idOf(input.name, output.name);
  return {
    id,
    family: 'waveform',
    sampleRate: MODEL_RATE,
    ...stemLayout(model, isOneStem ? 1 : (output.dims[1] ?? null)),
    // StemSplit's exports are meant to be run with ramps and without normalisation.
    segment: id === 'B' ? triangularPlan(frames) : rampedPlan(frames),
    normalisation: id === 'B' ? 'track' : 'none',
    shifts: id === 'B' ? 1 : 0,
    input: input.name,
    output: output.name,
  };
}

function idOf(input: string, output: string): ContractId {
  if (input !== 'mix') return 'B';
  return output === 'sources' ? 'C2' : 'C';
}

export function waveformAdapter(contract: WaveformContract): SegmentAdapter {
  const { frames } = contract.segment;
  const mix = tensorOf([1, 2, frames]);
  return {
    outputSizes: { [contract.output]: 2 * frames * contract.stemCount },
    encode([left, right]) {
      mix.data.set(left);
      mix.data.set(right, frames);
      return { [contract.input]: mix };
    },
    decode(outputs, index, [left, right]) {
      const start = 2 * frames * index;
      const { data } = outputs[contract.output]!;
      left.set(data.subarray(start, start + frames));
      right.set(data.subarray(start + frames, start + 2 * frames));
    },
  };
}
