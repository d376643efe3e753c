import { type GraphConstant, type GraphNode, type GraphTensor, type OnnxGraph } from './onnx-graphs';

/**
 * Models of every known contract whose answer can be told beforehand: stem `i` is `gains[i]` times the mix, half of it by way of the
 * waveform and half by way of the spectrogram where a model has both.
 */
export interface GainModel {
  readonly gains: readonly number[];
  readonly fileName?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Segments of the tests' Hybrid Demucs: 2000 frames with a window of 128, so that a run takes no time. */
const FRAMES = 2000;
const BINS = 64;
const WINDOWS = Math.ceil(FRAMES / (BINS / 2));

/** `output` = `input` with a new axis for the stems at `axis`, times the gains. */
function scaled(
  input: string,
  output: string,
  axis: number,
  rank: number,
  gains: readonly number[],
): { readonly nodes: readonly GraphNode[]; readonly constants: Readonly<Record<string, GraphConstant>> } {
  const dims = Array.from({ length: rank }, (_, at) => (at === axis ? gains.length : 1));
  return {
    nodes: [
      { op: 'Unsqueeze', inputs: [input, `${output}.axis`], outputs: [`${output}.wide`] },
      { op: 'Mul', inputs: [`${output}.wide`, `${output}.gains`], outputs: [output] },
    ],
    constants: {
      [`${output}.axis`]: { dims: [1], values: BigInt64Array.of(BigInt(axis)) },
      [`${output}.gains`]: { dims, values: gains },
    },
  };
}

const tensor = (name: string, ...dims: readonly (number | string)[]): GraphTensor => ({ name, dims });
const halved = (gains: readonly number[]): readonly number[] => gains.map(gain => gain / 2);

interface Pair {
  readonly from: GraphTensor;
  readonly to: GraphTensor;
  readonly axis: number;
}

/** A graph that scales each input into one output. */
function graphOf(pairs: readonly Pair[], { gains, metadata = {} }: GainModel): OnnxGraph {
  const parts = pairs.map(({ from, to, axis }) => scaled(from.name, to.name, axis, to.dims.length, gains));
  return {
    inputs: pairs.map(({ from }) => from),
    outputs: pairs.map(({ to }) => to),
    nodes: parts.flatMap(({ nodes }) => nodes),
    constants: Object.assign({}, ...parts.map(({ constants }) => constants)) as OnnxGraph['constants'] &
      object,
    metadata,
  };
}

/** Contracts B, C, C2. */
export function waveformGraph(
  model: GainModel,
  names: readonly [string, string],
  frames: number | string = FRAMES,
): OnnxGraph {
  const [input, output] = names;
  const count = model.gains.length;
  return graphOf(
    [{ from: tensor(input, 1, 2, frames), to: tensor(output, 1, count, 2, frames), axis: 1 }],
    model,
  );
}

/** Contract C that wants `bytes` of memory at once before it does its work. */
export function hungryGraph(model: GainModel, bytes: number): OnnxGraph {
  const graph = waveformGraph(model, ['mix', 'stems']);
  return {
    ...graph,
    nodes: [
      { op: 'Unsqueeze', inputs: ['mix', 'stems.axis'], outputs: ['wide'] },
      { op: 'Expand', inputs: ['wide', 'huge'], outputs: ['vast'] },
      { op: 'ReduceMax', inputs: ['vast'], outputs: ['most'], attributes: { keepdims: 0 } },
      { op: 'Mul', inputs: ['most', 'nothing'], outputs: ['zero'] },
      { op: 'Mul', inputs: ['wide', 'stems.gains'], outputs: ['scaled'] },
      { op: 'Add', inputs: ['scaled', 'zero'], outputs: ['stems'] },
    ],
    constants: {
      ...graph.constants,
      huge: {
        dims: [4],
        values: BigInt64Array.of(BigInt(Math.round(bytes / (8 * FRAMES))), 1n, 2n, BigInt(FRAMES)),
      },
      nothing: { dims: [1], values: [0] },
    },
  };
}

export type HybridKind = 'A' | 'D' | 'E' | 'F' | 'G' | 'H' | 'J' | 'J-channels';

/** Contracts with a waveform and a spectrogram, but I. */
export function hybridGraph(kind: HybridKind, model: GainModel): OnnxGraph {
  const count = model.gains.length;
  const half = { ...model, gains: halved(model.gains) };
  const wave = (from: string, to: string): Pair => ({
    from: tensor(from, 1, 2, FRAMES),
    to: tensor(to, 1, count, 2, FRAMES),
    axis: 1,
  });
  const channels = (from: string, to: string): Pair => ({
    from: tensor(from, 1, 4, BINS, WINDOWS),
    to: tensor(to, 1, count, 4, BINS, WINDOWS),
    axis: 1,
  });
  const split = (from: string, to: string): Pair => ({
    from: tensor(from, 'batch', 2, BINS, 'time'),
    to: tensor(to, 'batch', count, 2, BINS, 'time'),
    axis: 1,
  });
  switch (kind) {
    case 'A':
      return graphOf([wave('input', 'add_67'), channels('x', 'output')], half);
    case 'E':
      return graphOf([wave('mix', 'wave_out'), channels('mag', 'spec_out')], half);
    case 'F':
      return graphOf([channels('mag', 'freq_out'), wave('mix', 'time_out')], half);
    case 'H':
      return graphOf([wave('mix', 'wave'), channels('spec', 'spec_out')], half);
    case 'D':
      return graphOf(
        [split('spec_real', 'out_spec_real'), split('spec_imag', 'out_spec_imag'), wave('audio', 'out_wave')],
        half,
      );
    case 'G':
      return graphOf(
        [
          wave('mix', 'out_wave'),
          {
            from: tensor('spec', 1, WINDOWS, 4, BINS),
            to: tensor('out_spec', 1, WINDOWS, count, 4, BINS),
            axis: 2,
          },
        ],
        half,
      );
    case 'J':
      return graphOf(
        [
          wave('a', 'time'),
          {
            from: tensor('b', 1, 2, BINS, WINDOWS, 2),
            to: tensor('freq', 1, count, 2, BINS, WINDOWS, 2),
            axis: 1,
          },
        ],
        half,
      );
    case 'J-channels': {
      // [1, 2, bins, windows, 2] -> [1, 2, 2, bins, windows] -> [1, 4, bins, windows], then as A.
      const { inputs, outputs, nodes, constants } = graphOf(
        [wave('a', 'time'), channels('planes', 'freq')],
        half,
      );
      return {
        inputs: [...inputs.slice(0, 1), tensor('b', 1, 2, BINS, WINDOWS, 2)],
        outputs,
        nodes: [
          { op: 'Transpose', inputs: ['b'], outputs: ['turned'], attributes: { perm: [0, 1, 4, 2, 3] } },
          { op: 'Reshape', inputs: ['turned', 'planes.shape'], outputs: ['planes'] },
          ...nodes,
        ],
        constants: {
          ...constants,
          'planes.shape': { dims: [4], values: BigInt64Array.from([1, 4, BINS, WINDOWS].map(BigInt)) },
        },
        metadata: model.metadata ?? {},
      };
    }
  }
}

/** Contract I: stems and channels on one axis. */
export function flatGraph({ gains }: GainModel): OnnxGraph {
  const count = gains.length;
  const waves = scaled('xt', 'xt.wide', 1, 4, halved(gains));
  const spectra = scaled('x', 'x.wide', 1, 5, halved(gains));
  const flat = (name: string, ...dims: readonly number[]) => ({
    dims: [dims.length],
    values: BigInt64Array.from(dims.map(BigInt)),
  });
  return {
    inputs: [tensor('x', 1, 4, BINS, WINDOWS), tensor('xt', 1, 2, FRAMES)],
    outputs: [tensor('x.out', 1, 4 * count, BINS, WINDOWS), tensor('xt.out', 1, 2 * count, FRAMES)],
    nodes: [
      ...waves.nodes,
      ...spectra.nodes,
      { op: 'Reshape', inputs: ['x.wide', 'x.shape'], outputs: ['x.out'] },
      { op: 'Reshape', inputs: ['xt.wide', 'xt.shape'], outputs: ['xt.out'] },
    ],
    constants: {
      ...waves.constants,
      ...spectra.constants,
      'x.shape': flat('x', 1, 4 * count, BINS, WINDOWS),
      'xt.shape': flat('xt', 1, 2 * count, FRAMES),
    },
  };
}

/** Contract D-RF: a window of 128, hop 32. */
export function roformerGraph(model: GainModel, windows: number | string = 64): OnnxGraph {
  const count = model.gains.length;
  const pair = (from: string, to: string): Pair => ({
    from: tensor(from, 'batch', 2, BINS + 1, windows),
    to: tensor(to, 'batch', count, 2, BINS + 1, windows),
    axis: 1,
  });
  return graphOf([pair('spec_real', 'out_spec_real'), pair('spec_imag', 'out_spec_imag')], model);
}

/** One input times a gain, of the same shape: MDX-Net, Spleeter and Open-Unmix, with one output a gain. */
export function likeGraph(
  input: GraphTensor,
  outputs: readonly string[],
  { gains, metadata = {} }: GainModel,
): OnnxGraph {
  return {
    inputs: [input],
    outputs: outputs.map(name => ({ ...input, name })),
    nodes: outputs.map(name => ({ op: 'Mul', inputs: [input.name, `${name}.gain`], outputs: [name] })),
    constants: Object.fromEntries(
      outputs.map((name, at) => [`${name}.gain`, { dims: [1], values: [gains[at] ?? 0] }]),
    ),
    metadata,
  };
}

/** Our own: the same mask everywhere, from tensors of the real shapes. */
export function drumStemGraph(mask: number, bins = 1025, bassBins = 64): OnnxGraph {
  return {
    inputs: [tensor('power', 1, 2, 'windows', bins), tensor('bass', 1, 'windows', bassBins)],
    outputs: [tensor('mask', 1, 2, 'windows', bins)],
    nodes: [
      { op: 'Mul', inputs: ['power', 'nothing'], outputs: ['no power'] },
      { op: 'Mul', inputs: ['bass', 'nothing'], outputs: ['no bass'] },
      { op: 'ReduceMax', inputs: ['no bass'], outputs: ['zero'], attributes: { keepdims: 0 } },
      { op: 'Add', inputs: ['no power', 'zero'], outputs: ['zeros'] },
      { op: 'Add', inputs: ['zeros', 'value'], outputs: ['mask'] },
    ],
    constants: { nothing: { dims: [1], values: [0] }, value: { dims: [1], values: [mask] } },
  };
}
