import {
  asHostNormalised,
  type Contract,
  detectContract,
  type DrumStemContract,
  MaskStream,
  type SegmentContract,
  SegmentStream,
  ShiftedStream,
  type StemStream,
  StrokeMeanStream,
  type TrackLevel,
  withOverlap,
} from '#shared/analysis';
import { fail, invariant, ok, Random, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { readModelFile } from './model-file';
import { probe } from './probe';
import { checkFinite, checkSizes, segmentRunner } from './segment-runner';
import { type ModelFile, type ModelSession, openSession } from './session';

export interface ModelOptions {
  /** Threads of one operator: 2 unless given. Fixed, because the bytes of a result may depend on it. */
  readonly threads?: number;
  /** The contract that an earlier opening of the same bytes ended with: saves the trial, which takes as long as a segment. */
  readonly tried?: string;
}

export interface StreamOptions {
  readonly stems: readonly string[];
  readonly level: TrackLevel;
  /** Runs with random offsets, from `seed`; the contract's own number unless given, 0 for none. */
  readonly shifts?: number | undefined;
  /** Share of a segment that the next one repeats; the contract's own unless given. */
  readonly overlap?: number | undefined;
  readonly seed: number | string;
  /** Looked at between segments. */
  readonly signal: AbortSignal;
}

/** A model that takes songs apart, loaded and tried. `close` frees its memory. */
export interface SeparationModel {
  readonly path: string;
  readonly contract: Contract;
  readonly stems: readonly string[];
  /** Separates one song at the contract's sample rate; its level is normalised by the caller where the contract says so. */
  openStream(options: StreamOptions): StemStream;
  close(): Promise<void>;
}

const DEFAULT_THREADS = 2;

/** Loads a separation model of the user's own: finds its contract by its tensors' shapes and tries it on noise. */
export async function openSeparationModel(
  path: string,
  options?: ModelOptions,
): Promise<Result<SeparationModel, Failure>> {
  const file = await readModelFile(path);
  return file.ok ? loadSeparationModel(file.value, options) : file;
}

/** The same for a file that was looked at already; `refine` completes a contract by what is known beside the file. */
export async function loadSeparationModel(
  file: ModelFile,
  { threads = DEFAULT_THREADS, tried }: ModelOptions = {},
  refine: (contract: Contract) => Contract = contract => contract,
): Promise<Result<SeparationModel, Failure>> {
  const { path } = file;
  const opened = await openSession(file, { threads });
  if (!opened.ok) return opened;
  const session = opened.value;
  const contract = await contractOf(session, path, refine, tried);
  if (!contract.ok) {
    await session.close();
    return contract;
  }
  return ok(modelOf(session, path, contract.value));
}

async function contractOf(
  session: ModelSession,
  path: string,
  refine: (contract: Contract) => Contract,
  tried: string | undefined,
): Promise<Result<Contract, Failure>> {
  const detected = detectContract(session.description);
  if (!detected.ok) return fail({ code: 'modelShape', path, ...detected.failure });
  const contract = refine(detected.value);
  if (contract.family === 'drum-stem' || contract.id === tried) return ok(contract);
  if (contract.family === 'hybrid' && tried === 'I') return ok(asHostNormalised(contract));
  return probe(session, contract, path);
}

function modelOf(session: ModelSession, path: string, contract: Contract): SeparationModel {
  return {
    path,
    contract,
    stems: contract.stems.map(({ name }) => name),
    openStream: options =>
      contract.family === 'drum-stem'
        ? maskStream(session, path, contract, options)
        : segmentStream(session, path, contract, options),
    close: () => session.close(),
  };
}

function maskStream(
  session: ModelSession,
  path: string,
  contract: DrumStemContract,
  { level, signal }: StreamOptions,
): StemStream {
  const { powerInput, bassInput, output } = contract;
  const masked = new MaskStream(contract, level.sideRms, async (power, bass) => {
    signal.throwIfAborted();
    const given = await session.run({ [powerInput]: power, [bassInput]: bass }, [output]);
    signal.throwIfAborted();
    checkSizes(given, { [output]: power.data.length }, path);
    const mask = given[output]!;
    checkFinite([mask.data], path);
    return mask;
  });
  return contract.averagesStrokes ? new StrokeMeanStream(masked) : masked;
}

function segmentStream(
  session: ModelSession,
  path: string,
  contract: SegmentContract,
  { stems, seed, signal, overlap, shifts = contract.shifts }: StreamOptions,
): StemStream {
  const places = stems.map(stem => {
    const place = contract.stems.find(({ name }) => name === stem);
    invariant(place, `a stem that the model has, not "${stem}"`);
    return place.index;
  });
  const run = segmentRunner(session, contract, path, places, signal);
  const plan = overlap === undefined ? contract.segment : withOverlap(contract.segment, overlap);
  const open = () => new SegmentStream(plan, stems.length, run);
  if (shifts === 0) return open();
  const random = Random.ofSeed(seed).fork('separation');
  return new ShiftedStream(open, {
    shifts,
    stemCount: stems.length,
    sampleRate: contract.sampleRate,
    random,
  });
}
