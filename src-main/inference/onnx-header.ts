import { type FileHandle, open } from 'node:fs/promises';
import { fail, ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { failureOfError } from '#main/platform';
import { FileWindow } from './file-window';

/** What a model file says of itself without being loaded. */
export interface OnnxHeader {
  /** Key and value texts of its maker. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Files that it keeps weights in, by the names that it gives them, and how many bytes each must have. */
  readonly externalFiles: readonly { readonly name: string; readonly bytes: number }[];
}

/** Fields of ModelProto, GraphProto and TensorProto in onnx.proto3. */
const MODEL = { version: 1, graph: 7, metadata: 14, highest: 30 } as const;
const GRAPH_INITIALIZER = 5;
const TENSOR_EXTERNAL_DATA = 13;
/** A field that is read and not skipped is never longer than this in a sound file. */
const MOST_BYTES = 1 << 20;

/**
 * Walks an ONNX file without reading its weights, and finds at once whether it has been cut off, where the runtime would
 * only say that it cannot be parsed.
 */
export async function readOnnxHeader(path: string): Promise<Result<OnnxHeader, Failure>> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    return fail(failureOfError(error, path));
  }
  try {
    return await walk(file, path);
  } catch (error) {
    return fail(failureOfError(error, path));
  } finally {
    await file.close();
  }
}

async function walk(file: FileHandle, path: string): Promise<Result<OnnxHeader, Failure>> {
  const { size } = await file.stat();
  if (size === 0) return fail({ code: 'emptyFile', path });
  const window = new FileWindow(file);
  const metadata: Record<string, string> = {};
  const external = new Map<string, number>();
  let hasVersion = false;
  let hasGraph = false;
  for (let at = 0; at < size; ) {
    const field = await fieldAt(window, at);
    if (!field || field.number > MODEL.highest || !(field.wireType === 0 || field.wireType === 2))
      return fail({ code: 'modelRefused', path, reason: 'it is not an ONNX file' });
    if (field.number === MODEL.version) hasVersion = true;
    // Files of other kinds can be read as fields, too; a model begins with its format's version.
    if (field.end > size)
      return fail(
        hasVersion
          ? { code: 'modelTruncated', path, foundBytes: size, promisedBytes: field.end }
          : { code: 'modelRefused', path, reason: 'it is not an ONNX file' },
      );
    if (field.wireType === 2 && field.number === MODEL.graph) {
      hasGraph = true;
      await findExternalFiles(window, field, external);
    }
    if (field.number === MODEL.metadata && field.end - field.start <= MOST_BYTES) {
      const [key = '', text = ''] = textsOf(await window.bytes(field.start, field.end - field.start));
      metadata[key] = text;
    }
    at = field.end;
  }
  if (!hasGraph) return fail({ code: 'modelRefused', path, reason: 'it holds no graph' });
  return ok({ metadata, externalFiles: [...external].map(([name, bytes]) => ({ name, bytes })) });
}

/** Looks at every tensor's own fields, of which the weights are skipped. */
async function findExternalFiles(
  window: FileWindow,
  graph: Field,
  found: Map<string, number>,
): Promise<void> {
  for await (const tensor of fieldsIn(window, graph)) {
    if (tensor.number !== GRAPH_INITIALIZER || tensor.wireType !== 2) continue;
    const place: Record<string, string> = {};
    for await (const field of fieldsIn(window, tensor)) {
      if (field.number !== TENSOR_EXTERNAL_DATA || field.end - field.start > MOST_BYTES) continue;
      const [key = '', text = ''] = textsOf(await window.bytes(field.start, field.end - field.start));
      place[key] = text;
    }
    const { location } = place;
    if (location === undefined) continue;
    const end = (Number(place['offset']) || 0) + (Number(place['length']) || 0);
    found.set(location, Math.max(found.get(location) ?? 0, end));
  }
}

interface Field {
  readonly number: number;
  readonly wireType: number;
  readonly start: number;
  readonly end: number;
}

/** Stops at the first thing that is no field: what is wrong with it, the runtime says better. */
async function* fieldsIn(window: FileWindow, { start, end }: Field): AsyncGenerator<Field> {
  for (let at = start; at < end; ) {
    const field = await fieldAt(window, at);
    if (!field || field.end > end) return;
    yield field;
    at = field.end;
  }
}

async function fieldAt(window: FileWindow, at: number): Promise<Field | null> {
  const head = await window.bytes(at, 24);
  const tag = varint(head, 0);
  const number = tag.value >>> 3;
  const wireType = tag.value & 7;
  if (number === 0 || tag.end > head.length) return null;
  const start = at + tag.end;
  if (wireType === 1) return { number, wireType, start, end: start + 8 };
  if (wireType === 5) return { number, wireType, start, end: start + 4 };
  const value = varint(head, tag.end);
  if ((wireType !== 0 && wireType !== 2) || value.end > head.length) return null;
  const content = at + value.end;
  return { number, wireType, start: content, end: wireType === 0 ? content : content + value.value };
}

/** A variable-length whole number; `end` lies beyond `bytes` when they end too early. */
function varint(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  let scale = 1;
  for (let at = start; at < bytes.length && at < start + 10; at++) {
    const byte = bytes[at]!;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, end: at + 1 };
    scale *= 128;
  }
  return { value: 0, end: bytes.length + 1 };
}

/** Fields 1 and 2 of a message whose members are texts. */
function textsOf(bytes: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = varint(bytes, at);
    const length = varint(bytes, tag.end);
    const end = length.end + length.value;
    texts[(tag.value >>> 3) - 1] = bytes.toString('utf8', length.end, end);
    at = end;
  }
  return texts;
}
