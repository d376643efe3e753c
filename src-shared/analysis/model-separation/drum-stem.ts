import type { DrumStemContract } from './contract';
import { MODEL_RATE } from './segment-plans';
import { fits, type ModelDescription } from './tensors';

/** Numbers of our own model that its tensors' shapes do not tell; the manifest beside it may say others. */
export const DRUM_STEM_DEFAULTS = {
  sampleRate: MODEL_RATE,
  bassWindow: 8192,
  segmentWindows: 1024,
  contextWindows: 132,
  averagesStrokes: false,
} as const;

/** Our own `drum-stem`: powers of mid and side `[1, 2, windows, bins]` and of the bass `[1, windows, bass bins]` in, a mask out. */
export function detectDrumStem(model: ModelDescription): DrumStemContract | null {
  const power = model.inputs.find(({ dims }) => dims.length === 4);
  const bass = model.inputs.find(({ dims }) => dims.length === 3);
  const [output] = model.outputs;
  const bins = power?.dims[3] ?? null;
  const bassBins = bass?.dims[2] ?? null;
  if (!power || !bass || !output || model.inputs.length !== 2 || model.outputs.length !== 1) return null;
  if (bins === null || bins % 2 === 0 || bassBins === null) return null;
  const isOurs = [power, output].every(({ dims }) => fits(dims, [null, 2, null, bins]));
  if (!isOurs || power.dims[2] !== null) return null;
  const window = 2 * (bins - 1);
  return {
    id: 'drum-stem',
    family: 'drum-stem',
    ...DRUM_STEM_DEFAULTS,
    stems: [{ name: 'drums', index: 0 }],
    window,
    hop: window / 4,
    bassBins,
    powerInput: power.name,
    bassInput: bass.name,
    output: output.name,
  };
}
