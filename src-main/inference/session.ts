import { basename } from 'node:path';
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { type ModelDescription, signatureText, type Tensor, type Tensors } from '#shared/analysis';
import { fail, ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { Failed } from '#main/platform';
import { floatsOfHalves, halvesOfFloats } from './half';
import { failureOfLoading, failureOfRunning } from './model-failure';

export interface SessionOptions {
  /** Threads of one operator; the same number gives the same bytes. */
  readonly threads: number;
}

/** One loaded model. Runs one thing at a time, off the calling thread. */
export interface ModelSession {
  readonly description: ModelDescription;
  /** Throws `Failed` when the model cannot be run on `inputs`. */
  run(inputs: Tensors, outputs: readonly string[]): Promise<Tensors>;
  close(): Promise<void>;
}

export interface ModelFile {
  readonly path: string;
  /** Its bytes when they were read already, from an archive for example; else the runtime reads `path`. */
  readonly bytes?: Uint8Array;
  readonly metadata: ModelDescription['metadata'];
}

/** Whole numbers are taken, as indices into tables, but never given. */
type ElementType = 'float32' | 'float16' | 'int32' | 'int64';
const ELEMENT_TYPES: readonly string[] = [
  'float32',
  'float16',
  'int32',
  'int64',
] satisfies readonly ElementType[];
const isElementType = (type: string): type is ElementType => ELEMENT_TYPES.includes(type);

/** Loads a model for the CPU. */
export async function openSession(
  { path, bytes, metadata }: ModelFile,
  { threads }: SessionOptions,
): Promise<Result<ModelSession, Failure>> {
  // The runtime is 45 MB of native code, which a process without models does not need.
  const runtime = await import('onnxruntime-node').catch(() => null);
  // It has no binary for Intel Macs.
  if (!runtime) {
    const reason = `the ONNX runtime does not run on this machine (${process.platform}-${process.arch})`;
    return fail({ code: 'modelRefused', path, reason });
  }
  const options: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4,
  };
  let session: InferenceSession;
  try {
    session = await (bytes
      ? runtime.InferenceSession.create(bytes, options)
      : runtime.InferenceSession.create(path, options));
  } catch (error) {
    return fail(failureOfLoading(error, path));
  }
  const description = describe(session, basename(path), metadata);
  const types = elementTypes(session);
  if (!types) {
    await session.release();
    return fail({
      code: 'modelShape',
      path,
      inputs: description.inputs.map(signatureText).join(', '),
      outputs: description.outputs.map(signatureText).join(', '),
    });
  }
  const toRuntime = (name: string, { data, dims }: Tensor): OrtTensor => {
    if (types.get(name) === 'int64')
      return new runtime.Tensor(
        'int64',
        BigInt64Array.from(data, value => BigInt(Math.round(value))),
        dims,
      );
    if (types.get(name) === 'int32')
      return new runtime.Tensor(
        'int32',
        Int32Array.from(data, value => Math.round(value)),
        dims,
      );
    if (types.get(name) !== 'float16') return new runtime.Tensor('float32', data, dims);
    const halves = halvesOfFloats(data);
    const tensor = new runtime.Tensor('float16', halves, dims);
    // The class turns them into a Float16Array, of which the binding of 1.30 sees nothing (microsoft/onnxruntime#32323).
    return Object.defineProperty(tensor, 'data', { value: halves });
  };
  return ok({
    description,
    async run(inputs, outputs) {
      const feeds = Object.fromEntries(
        Object.entries(inputs).map(([name, tensor]) => [name, toRuntime(name, tensor)]),
      );
      try {
        const given = await session.run(feeds, outputs);
        return Object.fromEntries(outputs.map(name => [name, fromRuntime(given[name])]));
      } catch (error) {
        throw new Failed(failureOfRunning(error, path));
      }
    },
    close: () => session.release(),
  });
}

function fromRuntime(tensor: OrtTensor | undefined): Tensor {
  if (!tensor) throw new Error('an output is missing');
  const { data, dims } = tensor;
  if (data instanceof Float32Array) return { data, dims };
  if (ArrayBuffer.isView(data) && data.BYTES_PER_ELEMENT === 2)
    return { data: floatsOfHalves(new Uint16Array(data.buffer, data.byteOffset, data.length)), dims };
  throw new Error(`an output holds ${tensor.type}, not numbers`);
}

function describe(
  session: InferenceSession,
  fileName: string,
  metadata: ModelDescription['metadata'],
): ModelDescription {
  const signatures = (all: readonly InferenceSession.ValueMetadata[]) =>
    all.map(value => ({
      name: value.name,
      dims: value.isTensor ? value.shape.map(dim => (typeof dim === 'number' && dim > 0 ? dim : null)) : [],
    }));
  return {
    fileName,
    metadata,
    inputs: signatures(session.inputMetadata),
    outputs: signatures(session.outputMetadata),
  };
}

/** Of every input and output; null when one is of another type. */
function elementTypes(session: InferenceSession): ReadonlyMap<string, ElementType> | null {
  const types = new Map<string, ElementType>();
  for (const value of session.inputMetadata) {
    if (!value.isTensor) return null;
    if (!isElementType(value.type)) return null;
    types.set(value.name, value.type);
  }
  for (const value of session.outputMetadata) {
    if (!value.isTensor || (value.type !== 'float32' && value.type !== 'float16')) return null;
    types.set(value.name, value.type);
  }
  return types;
}
