import type { SpectrogramShape } from '../../dsp';
import type { ContractId, HybridContract, SpectrumLayout } from './contract';
import { HTDEMUCS_FRAMES, MODEL_RATE, triangularPlan } from './segment-plans';
import { stemLayout } from './stems';
import { fits, type ModelDescription, type TensorSignature } from './tensors';

const HTDEMUCS_BINS = 2048;

/**
 * Contracts A, D, E, F, G, H, I and J, all of the Hybrid Demucs family with the transform outside of the graph: a waveform
 * `[1, 2, frames]` and its spectrogram in, both a stem out.
 */
export function detectHybrid(model: ModelDescription): HybridContract | null {
  const wave = model.inputs.find(({ dims }) => fits(dims, [null, 2, null]));
  const spectra = model.inputs.filter(input => input !== wave);
  const [first] = spectra;
  const input = first && layoutOf(first.dims, spectra.length);
  const outputs = input && outputsOf(model.outputs, input);
  if (!wave || !input || !outputs) return null;
  const shape = shapeOf(input, wave.dims[2] ?? null);
  if (!shape) return null;
  const { outputLayout } = outputs;
  const isFlat = outputLayout === 'flat';
  return {
    id: isFlat ? 'I' : idOf(model, input.layout, wave.name),
    family: 'hybrid',
    sampleRate: sampleRateOf(model),
    ...stemLayout(model, outputs.stemCount),
    segment: triangularPlan(shape.frames),
    normalisation: 'track',
    shifts: isFlat ? 2 : 1,
    layout: input.layout,
    outputLayout,
    shape: shape.shape,
    hostNormalised: isFlat,
    waveInput: wave.name,
    spectrumInputs: inOrder(spectra),
    waveOutput: outputs.wave.name,
    spectrumOutputs: inOrder(outputs.spectra),
  };
}

interface InputLayout {
  readonly layout: SpectrumLayout;
  readonly bins: number;
  readonly windows: number | null;
}

/** By shape: two tensors; `[1, 4, bins, windows]`; `[1, windows, 4, bins]`; `[1, 2, bins, windows, 2]`. */
function layoutOf(dims: TensorSignature['dims'], count: number): InputLayout | null {
  if (count === 2)
    return fits(dims, [null, 2, null, null])
      ? { layout: 'split', bins: dims[2] ?? HTDEMUCS_BINS, windows: dims[3] ?? null }
      : null;
  if (count !== 1) return null;
  if (fits(dims, [null, 4, null, null]) && dims[2] !== 4)
    return { layout: 'channels', bins: dims[2] ?? HTDEMUCS_BINS, windows: dims[3] ?? null };
  if (fits(dims, [null, null, 4, null]))
    return { layout: 'time-first', bins: dims[3] ?? HTDEMUCS_BINS, windows: dims[1] ?? null };
  if (fits(dims, [null, 2, null, null, 2]))
    return { layout: 're-im-last', bins: dims[2] ?? HTDEMUCS_BINS, windows: dims[3] ?? null };
  return null;
}

interface OutputLayout {
  readonly wave: TensorSignature;
  readonly spectra: readonly TensorSignature[];
  readonly stemCount: number | null;
  /** `flat`: stems and channels share one axis, and the model leaves all normalisation to its host. */
  readonly outputLayout: SpectrumLayout;
}

function outputsOf(outputs: readonly TensorSignature[], { layout, bins }: InputLayout): OutputLayout | null {
  const wave = outputs.find(({ dims }) => fits(dims, [null, null, 2, null]));
  const spectra = outputs.filter(output => output !== wave);
  if (wave && spectra.length === (layout === 'split' ? 2 : 1)) {
    const outputLayout = layoutOfOutput(layout, spectra, bins);
    if (!outputLayout) return null;
    const stemAxis = outputLayout === 'time-first' ? 2 : 1;
    const stemCount = wave.dims[1] ?? spectra[0]?.dims[stemAxis] ?? null;
    return { wave, spectra, stemCount, outputLayout };
  }
  const flatWave = outputs.find(({ dims }) => dims.length === 3);
  const flatSpectrum = outputs.find(({ dims }) => fits(dims, [null, null, bins, null]));
  if (!flatWave || !flatSpectrum || layout !== 'channels' || outputs.length !== 2) return null;
  const [waves, planes] = [flatWave.dims[1] ?? null, flatSpectrum.dims[1] ?? null];
  const stemCount = waves === null ? (planes === null ? null : planes / 4) : waves / 2;
  return { wave: flatWave, spectra: [flatSpectrum], stemCount, outputLayout: 'flat' };
}

/** As the input's, with the stems on an axis of their own; a model that takes re and im last may give them as channels. */
function layoutOfOutput(
  layout: SpectrumLayout,
  spectra: readonly TensorSignature[],
  bins: number,
): SpectrumLayout | null {
  const isEach = (...pattern: (number | null)[]) => spectra.every(({ dims }) => fits(dims, pattern));
  if (layout === 'split') return isEach(null, null, 2, bins, null) ? layout : null;
  if (layout === 'time-first') return isEach(null, null, null, 4, bins) ? layout : null;
  if (layout === 're-im-last' && isEach(null, null, 2, bins, null, 2)) return layout;
  return isEach(null, null, 4, bins, null) ? 'channels' : null;
}

/**
 * HTDemucs' transform: a window of twice the bins (the bin at half the sample rate is left out), hop a quarter of it, window
 * 0 begins 3/8 of a window before the segment; null when windows and frames do not agree.
 */
function shapeOf(
  { bins, windows }: InputLayout,
  givenFrames: number | null,
): { readonly shape: SpectrogramShape; readonly frames: number } | null {
  const size = 2 * bins;
  const hop = size / 4;
  const frames = givenFrames ?? (windows === null || windows === 336 ? HTDEMUCS_FRAMES : windows * hop);
  const windowCount = Math.ceil(frames / hop);
  if (windows !== null && windows !== windowCount) return null;
  const shape = {
    size,
    hop,
    first: -(hop / 2) * 3,
    windowCount,
    binCount: bins,
    gain: 1 / Math.sqrt(size),
    silentWindows: 2,
  };
  return { shape, frames };
}

/** Real before imaginary, by their names, or else as they stand. */
const inOrder = (tensors: readonly TensorSignature[]): readonly string[] =>
  tensors.map(({ name }) => name).sort((a, b) => Number(/im/i.test(a)) - Number(/im/i.test(b)));

function sampleRateOf(model: ModelDescription): number {
  const rate = Number(model.metadata['sample_rate'] ?? model.metadata['samplerate']);
  return rate > 0 ? rate : MODEL_RATE;
}

/** Names tell A, E, F and H apart, which are run alike. */
function idOf(model: ModelDescription, layout: SpectrumLayout, wave: string): ContractId {
  if (layout === 'split') return 'D';
  if (layout === 'time-first') return 'G';
  if (layout === 're-im-last') return 'J';
  const names = model.inputs.map(({ name }) => name);
  if (names.includes('mag')) return names[0] === wave ? 'E' : 'F';
  return names.includes('spec') ? 'H' : 'A';
}
