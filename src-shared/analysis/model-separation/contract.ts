import type { SpectrogramShape } from '../../dsp';

/** Kinds of separation model by the tensors that they take and give: docs/algorithms/model-separation.md lists them. */
export type ContractId =
  | 'A'
  | 'B'
  | 'C'
  | 'C2'
  | 'D'
  | 'D-RF'
  | 'E'
  | 'F'
  | 'G'
  | 'H'
  | 'I'
  | 'J'
  | 'M'
  | 'spleeter'
  | 'open-unmix'
  | 'drum-stem';

/** How a song is cut into the segments that a model takes, and put together again. */
export interface SegmentPlan {
  readonly frames: number;
  /** Frames from one segment's begin to the next one's. */
  readonly stride: number;
  /** Frames of silence before the song at which the first segment begins. */
  readonly lead: number;
  /** `triangle`: highest in the middle; `ramps`: a quarter up, flat, a quarter down; `trim`: nothing of `lead` frames at both ends. */
  readonly weights: 'triangle' | 'ramps' | 'trim';
  /** Where a song's end that is shorter than a segment lies in it: in the middle, with the song's own sound before it, or at the begin. */
  readonly short: 'centred' | 'leading';
}

/** One stem of a model's output. */
export interface StemPlace {
  readonly name: string;
  /** Its place among those that the model gives. */
  readonly index: number;
}

interface Common {
  readonly id: ContractId;
  readonly sampleRate: number;
  readonly stems: readonly StemPlace[];
  /** Stems that the model's outputs hold, wanted or not. */
  readonly stemCount: number;
  readonly segment: SegmentPlan;
  /** `track`: the song is brought to mean 0 and deviation 1 before, and back after. */
  readonly normalisation: 'none' | 'track';
  /** Runs with random offsets whose mean is the result, unless the user wants another number. */
  readonly shifts: number;
}

/** Waveform in, waveforms out. */
export interface WaveformContract extends Common {
  readonly family: 'waveform';
  readonly input: string;
  readonly output: string;
}

/** Order of a spectrogram's numbers: complex as channels, the same after the windows, re and im last, or in two tensors. */
export type SpectrumLayout = 'channels' | 'time-first' | 're-im-last' | 'split' | 'flat';

/** Waveform and spectrogram in, a waveform and a spectrogram a stem out, whose sum is the stem. */
export interface HybridContract extends Common {
  readonly family: 'hybrid';
  readonly layout: SpectrumLayout;
  readonly outputLayout: SpectrumLayout;
  readonly shape: SpectrogramShape;
  /** The host brings spectrogram and waveform of each segment to mean 0 and deviation 1, and the outputs back. */
  readonly hostNormalised: boolean;
  readonly waveInput: string;
  /** Two for `split`: real, imaginary. */
  readonly spectrumInputs: readonly string[];
  readonly waveOutput: string;
  readonly spectrumOutputs: readonly string[];
}

/** Spectrogram in, a spectrogram a stem out. */
export interface SpectralContract extends Common {
  readonly family: 'spectral';
  readonly layout: 'channels' | 'split';
  readonly shape: SpectrogramShape;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Name of a stem that is the segment less all others. */
  readonly complement: string | null;
}

/** Magnitudes in, magnitudes of each stem out; phases are the mix's. */
export interface MagnitudeContract extends Common {
  readonly family: 'magnitude';
  readonly shape: SpectrogramShape;
  /** Axes of the tensors: windows and bins, in blocks, with the channels first or second; or bins and windows. */
  readonly layout: 'channels-blocks' | 'blocks-channels' | 'bins-windows';
  readonly input: string;
  /** One a stem. */
  readonly outputs: readonly string[];
}

export type SegmentContract = WaveformContract | HybridContract | SpectralContract | MagnitudeContract;

/** Our own: masks on the spectra of mid and side, in stretches of windows whose joins are exact. */
export interface DrumStemContract {
  readonly id: 'drum-stem';
  readonly family: 'drum-stem';
  readonly sampleRate: number;
  readonly stems: readonly StemPlace[];
  readonly window: number;
  readonly hop: number;
  readonly bassWindow: number;
  readonly bassBins: number;
  readonly powerInput: string;
  readonly bassInput: string;
  readonly output: string;
  /** Windows that the model sees at once, and of those the ones on each side that only tell of the rest. */
  readonly segmentWindows: number;
  readonly contextWindows: number;
  /** Whether each stroke of its drums is brought closer to the mean of those like it. */
  readonly averagesStrokes: boolean;
}

export type Contract = SegmentContract | DrumStemContract;
