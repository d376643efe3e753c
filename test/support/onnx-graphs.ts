/** Writes small ONNX models: a subset of onnx.proto3, enough for graphs of standard operators. */

export interface GraphTensor {
  readonly name: string;
  /** A text is a dimension that is left open. */
  readonly dims: readonly (number | string)[];
  readonly type?: 'float32' | 'float16' | 'int64';
}

export interface GraphConstant {
  readonly dims: readonly number[];
  readonly values: Float32Array | readonly number[] | BigInt64Array;
  /** The values lie in a file beside the model, from `offset` on; the model itself does not hold them. */
  readonly external?: { readonly location: string; readonly offset: number };
}

export interface GraphNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

export interface OnnxGraph {
  readonly inputs: readonly GraphTensor[];
  readonly outputs: readonly GraphTensor[];
  readonly nodes: readonly GraphNode[];
  readonly constants?: Readonly<Record<string, GraphConstant>>;
  readonly opset?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

const ELEMENT_TYPES = { float32: 1, int64: 7, float16: 10 } as const;
/** data_location of a tensor. */
const EXTERNAL = 1;
const ATTRIBUTE_TYPES = { integer: 2, integers: 7 } as const;

export function onnxModel(graph: OnnxGraph): Uint8Array {
  const body = [
    ...graph.nodes.map((node, index) => message(1, nodeProto(node, index))),
    text(2, 'graph'),
    ...Object.entries(graph.constants ?? {}).map(([name, constant]) =>
      message(5, tensorProto(name, constant)),
    ),
    ...graph.inputs.map(tensor => message(11, valueInfo(tensor))),
    ...graph.outputs.map(tensor => message(12, valueInfo(tensor))),
  ];
  return join([
    whole(1, 8),
    message(7, body),
    message(8, [text(1, ''), whole(2, graph.opset ?? 17)]),
    ...Object.entries(graph.metadata ?? {}).map(([key, value]) =>
      message(14, [text(1, key), text(2, value)]),
    ),
  ]);
}

const nodeProto = ({ op, inputs, outputs, attributes = {} }: GraphNode, index: number): Uint8Array[] => [
  ...inputs.map(name => text(1, name)),
  ...outputs.map(name => text(2, name)),
  text(3, `${op}-${index}`),
  text(4, op),
  ...Object.entries(attributes).map(([name, value]) =>
    message(
      5,
      typeof value === 'number'
        ? [text(1, name), whole(3, value), whole(20, ATTRIBUTE_TYPES.integer)]
        : [text(1, name), ...value.map(each => whole(8, each)), whole(20, ATTRIBUTE_TYPES.integers)],
    ),
  ),
];

function tensorProto(name: string, { dims, values, external }: GraphConstant): Uint8Array[] {
  const raw = values instanceof BigInt64Array ? values : Float32Array.from(values);
  return [
    ...dims.map(dim => whole(1, dim)),
    whole(2, raw instanceof BigInt64Array ? ELEMENT_TYPES.int64 : ELEMENT_TYPES.float32),
    text(8, name),
    ...(external
      ? [
          ...Object.entries({ ...external, length: raw.byteLength }).map(([key, value]) =>
            message(13, [text(1, key), text(2, String(value))]),
          ),
          whole(14, EXTERNAL),
        ]
      : [bytes(9, new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength))]),
  ];
}

const valueInfo = ({ name, dims, type = 'float32' }: GraphTensor): Uint8Array[] => [
  text(1, name),
  message(2, [
    message(1, [
      whole(1, ELEMENT_TYPES[type]),
      message(
        2,
        dims.map(dim => message(1, [typeof dim === 'number' ? whole(1, dim) : text(2, dim)])),
      ),
    ]),
  ]),
];

function varint(value: number): number[] {
  // A negative number is sent as its 64-bit two's complement.
  let rest = BigInt.asUintN(64, BigInt(value));
  const written: number[] = [];
  do {
    written.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return written;
}

const whole = (field: number, value: number): Uint8Array =>
  Uint8Array.from([...varint(8 * field), ...varint(value)]);
const bytes = (field: number, value: Uint8Array): Uint8Array =>
  join([Uint8Array.from([...varint(8 * field + 2), ...varint(value.length)]), value]);
const text = (field: number, value: string): Uint8Array => bytes(field, new TextEncoder().encode(value));
const message = (field: number, parts: readonly Uint8Array[]): Uint8Array => bytes(field, join(parts));

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
