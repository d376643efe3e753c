import type { GraphConstant, GraphNode, OnnxGraph } from './onnx-graphs';

const FRAMES = 343_980;
const BINS = 2048;
const WINDOWS = 336;
const STEMS = 4;
const CHANNELS = [48, 96, 192, 384];
const WIDTH = 512;
const HEADS = 8;
const LAYERS = 5;

/**
 * A graph of contract A with about the layers, sizes and 40 million parameters of HTDemucs (Rouard, Massa & Defossez 2023), random weights:
 * encoders and decoders of a spectrogram and a waveform branch, five transformer layers on each. It adds next to nothing to a quarter of the mix,
 * so that a host finds it sound.
 */
export function htdemucsGraph(): OnnxGraph {
  const build = new Build();
  const spectrum = branch(build, 'x', { dims: 2, inputs: 4, tokens: 8 * WINDOWS });
  const wave = branch(build, 'input', { dims: 1, inputs: 2, tokens: 1344 });
  const whole = (name: string, input: string, net: string, dims: readonly number[], axis: number): void => {
    const stems = build.add('Reshape', [net, build.shape(dims)]);
    const little = build.add('Mul', [stems, build.scalar(1e-6)]);
    const wide = build.add('Unsqueeze', [input, build.shape([axis])]);
    const share = build.add('Mul', [wide, build.scalar(1 / (2 * STEMS))]);
    build.add('Add', [little, share], {}, name);
  };
  whole('output', 'x', spectrum, [1, STEMS, 4, BINS, WINDOWS], 1);
  whole('time', 'input', wave, [1, STEMS, 2, FRAMES], 1);
  return {
    inputs: [
      { name: 'input', dims: [1, 2, FRAMES] },
      { name: 'x', dims: [1, 4, BINS, WINDOWS] },
    ],
    outputs: [
      { name: 'output', dims: [1, STEMS, 4, BINS, WINDOWS] },
      { name: 'time', dims: [1, STEMS, 2, FRAMES] },
    ],
    nodes: build.nodes,
    constants: build.constants,
  };
}

interface Branch {
  readonly dims: 1 | 2;
  readonly inputs: number;
  readonly tokens: number;
}

function branch(build: Build, input: string, { dims, inputs, tokens }: Branch): string {
  const skips: string[] = [];
  let at = input;
  const lengths = dims === 1 ? [FRAMES, 85_995, 21_499, 5375, 1344] : [2048, 512, 128, 32, 8];
  const along = (size: number): number[] => (dims === 1 ? [size] : [size, 1]);
  CHANNELS.forEach((channels, level) => {
    const from = CHANNELS[level - 1] ?? inputs;
    const before = dims === 1 ? [2, 4 * (lengths[level + 1] ?? 0) + 4 - (lengths[level] ?? 0) - 2] : [2, 2];
    const pads = dims === 1 ? before : [2, 0, 2, 0];
    at = build.convolution(at, [channels, from, ...along(8)], { strides: along(4), pads });
    at = build.gated(build.add('Relu', [at]), channels, dims, 1);
    skips.push(at);
  });
  at = transformer(build, at, dims, tokens);
  [...CHANNELS.entries()].toReversed().forEach(([level, channels]) => {
    const to = CHANNELS[level - 1] ?? STEMS * inputs;
    at = build.gated(build.add('Add', [at, skips[level] ?? at]), channels, dims, 3);
    const target = lengths[level] ?? 0;
    const spare = 4 * ((lengths[level + 1] ?? 0) - 1) + 8 - target;
    const cut = [Math.floor(spare / 2), Math.ceil(spare / 2)];
    const pads = dims === 1 ? cut : [cut[0] ?? 0, 0, cut[1] ?? 0, 0];
    const weight = build.random([channels, to, ...along(8)], channels * 8);
    at = build.add('ConvTranspose', [at, weight], { strides: along(4), pads });
    if (level > 0) at = build.add('Relu', [at]);
  });
  return at;
}

function transformer(build: Build, input: string, dims: 1 | 2, tokens: number): string {
  const last = CHANNELS.at(-1) ?? 0;
  const flat = build.add('Reshape', [input, build.shape([last, tokens])]);
  let at = build.dense(build.add('Transpose', [flat], { perm: [1, 0] }), last, WIDTH);
  for (let layer = 0; layer < LAYERS; layer++) {
    const heads = (name: string, perm: readonly number[]): string => {
      const split = build.add('Reshape', [name, build.shape([tokens, HEADS, WIDTH / HEADS])]);
      return build.add('Transpose', [split], { perm });
    };
    const query = heads(build.dense(at, WIDTH, WIDTH), [1, 0, 2]);
    const key = heads(build.dense(at, WIDTH, WIDTH), [1, 2, 0]);
    const value = heads(build.dense(at, WIDTH, WIDTH), [1, 0, 2]);
    const scores = build.add('Softmax', [build.add('MatMul', [query, key])], { axis: -1 });
    const mixed = build.add('Transpose', [build.add('MatMul', [scores, value])], { perm: [1, 0, 2] });
    const joined = build.add('Reshape', [mixed, build.shape([tokens, WIDTH])]);
    at = build.add('Add', [at, build.dense(joined, WIDTH, WIDTH)]);
    const wide = build.add('Relu', [build.dense(at, WIDTH, 4 * WIDTH)]);
    at = build.add('Add', [at, build.dense(wide, 4 * WIDTH, WIDTH)]);
  }
  const back = build.add('Transpose', [build.dense(at, WIDTH, last)], { perm: [1, 0] });
  return build.add('Reshape', [back, build.shape(dims === 1 ? [1, last, tokens] : [1, last, 8, WINDOWS])]);
}

/** Uniform numbers of deviation 1, from a fixed linear congruential sequence: quality does not matter, time does. */
const NOISE = ((): Float32Array => {
  let state = 1;
  return Float32Array.from({ length: 65_536 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.sqrt(12) * (state / 2 ** 32 - 0.5);
  });
})();

class Build {
  readonly nodes: GraphNode[] = [];
  readonly constants: Record<string, GraphConstant> = {};
  #count = 0;

  add(
    op: string,
    inputs: readonly string[],
    attributes: NonNullable<GraphNode['attributes']> = {},
    output = `t${++this.#count}`,
  ): string {
    this.nodes.push({ op, inputs, outputs: [output], attributes });
    return output;
  }

  constant(constant: GraphConstant): string {
    const name = `c${++this.#count}`;
    this.constants[name] = constant;
    return name;
  }

  shape(dims: readonly number[]): string {
    return this.constant({ dims: [dims.length], values: BigInt64Array.from(dims.map(BigInt)) });
  }

  scalar(value: number): string {
    return this.constant({ dims: [1], values: [value] });
  }

  random(dims: readonly number[], fanIn: number): string {
    const size = dims.reduce((product, dim) => product * dim, 1);
    const scale = 1 / Math.sqrt(fanIn);
    const start = this.#count * 977;
    const values = new Float32Array(size);
    for (let at = 0; at < size; at++) values[at] = scale * NOISE[(start + at) & 0xffff]!;
    return this.constant({ dims, values });
  }

  dense(input: string, from: number, to: number): string {
    return this.add('MatMul', [input, this.random([from, to], from)]);
  }

  convolution(
    input: string,
    dims: readonly number[],
    attributes: NonNullable<GraphNode['attributes']>,
  ): string {
    const fanIn = dims.slice(1).reduce((product, dim) => product * dim, 1);
    return this.add('Conv', [input, this.random(dims, fanIn)], attributes);
  }

  /** A convolution to twice the channels, of which the second half gates the first. */
  gated(input: string, channels: number, dims: 1 | 2, size: 1 | 3): string {
    const reach = (size - 1) / 2;
    const kernel = dims === 1 ? [size] : [size, size];
    const pads = kernel.map(() => reach);
    const both = this.convolution(input, [2 * channels, channels, ...kernel], { pads: [...pads, ...pads] });
    const part = (from: number): string =>
      this.add('Slice', [both, this.shape([from]), this.shape([from + channels]), this.shape([1])]);
    return this.add('Mul', [part(0), this.add('Sigmoid', [part(channels)])]);
  }
}
