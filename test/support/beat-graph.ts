import type { GraphConstant, GraphNode, OnnxGraph } from './onnx-graphs';

const BANDS = 128;

/** A logit that is the mean of the bands from `from` up to `to`, less `threshold`. */
interface Listener {
  readonly from: number;
  readonly to: number;
  readonly threshold: number;
}

/** A graph of the tensors of Beat This! whose answer can be told: it hears beats and downbeats where bands are loud. */
export function beatGraph(beat: Listener, downbeat: Listener, frames: number | string = 'time'): OnnxGraph {
  const rows = [rowOf('beat', beat), rowOf('downbeat', downbeat)];
  return {
    inputs: [{ name: 'input_spectrogram', dims: [1, frames, BANDS] }],
    outputs: ['beat', 'downbeat'].map(name => ({ name, dims: [1, frames] })),
    nodes: rows.flatMap(({ nodes }) => nodes),
    constants: {
      ...Object.assign({}, ...rows.map(({ constants }) => constants)),
      axis: { dims: [1], values: BigInt64Array.of(2n) },
    },
  };
}

/** The same, but what it says of anything as loud as a drum is no number. */
export function spoiltBeatGraph(): OnnxGraph {
  const quiet = { from: 0, to: BANDS, threshold: 0 };
  const graph = beatGraph(quiet, quiet);
  return {
    ...graph,
    nodes: [
      ...graph.nodes.map(node => ({ ...node, outputs: node.outputs.map(renamed) })),
      { op: 'Sub', inputs: ['room', 'loudness'], outputs: ['left'] },
      { op: 'Sqrt', inputs: ['left'], outputs: ['beat'] },
    ],
    constants: { ...graph.constants, room: { dims: [1], values: [1] } },
  };
}

const renamed = (name: string): string => (name === 'beat' ? 'loudness' : name);

function rowOf(
  name: string,
  { from, to, threshold }: Listener,
): { readonly nodes: readonly GraphNode[]; readonly constants: Readonly<Record<string, GraphConstant>> } {
  const values = Array.from({ length: BANDS }, (_, band) =>
    band >= from && band < to ? 1 / (to - from) : 0,
  );
  return {
    nodes: [
      { op: 'MatMul', inputs: ['input_spectrogram', `${name}.bands`], outputs: [`${name}.column`] },
      { op: 'Squeeze', inputs: [`${name}.column`, 'axis'], outputs: [`${name}.level`] },
      { op: 'Sub', inputs: [`${name}.level`, `${name}.threshold`], outputs: [name] },
    ],
    constants: {
      [`${name}.bands`]: { dims: [BANDS, 1], values },
      [`${name}.threshold`]: { dims: [1], values: [threshold] },
    },
  };
}
