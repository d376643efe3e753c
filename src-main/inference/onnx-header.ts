import { type FileHandle, open } from 'node:fs/promises';
import { fail, ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { failureOfError } from '#main/platform';

/** What a model file says of itself without being loaded. */
export interface OnnxHeader {
  /** Of the standard operators. */
  readonly opset: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Fields of ModelProto in onnx.proto3. */
const GRAPH = 7;
const OPSET_IMPORT = 8;
const METADATA_PROPS = 14;
const HIGHEST_FIELD = 30;
/** A field that is read and not skipped is never longer than this in a sound file. */
const MOST_BYTES = 1 << 20;

/**
 * Walks the top level of an ONNX file, which the graph with all weights is one field of, and finds at once whether the
 * file has been cut off, where the runtime would only say that it cannot be parsed.
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
  const metadata: Record<string, string> = {};
  let opset = 0;
  let hasGraph = false;
  for (let at = 0; at < size; ) {
    const head = await bytesAt(file, at, 24);
    const tag = varint(head, 0);
    const field = tag.value >>> 3;
    const wireType = tag.value & 7;
    const value = wireType === 0 || wireType === 2 ? varint(head, tag.end) : null;
    if (field === 0 || field > HIGHEST_FIELD || !value || value.end > head.length)
      return fail({ code: 'modelRefused', path, reason: 'it is not an ONNX file' });
    at += value.end;
    if (wireType === 0) continue;
    if (at + value.value > size)
      return fail({ code: 'modelTruncated', path, foundBytes: size, promisedBytes: at + value.value });
    if (field === GRAPH) hasGraph = true;
    if ((field === OPSET_IMPORT || field === METADATA_PROPS) && value.value <= MOST_BYTES) {
      const entry = fieldsOf(await bytesAt(file, at, value.value));
      if (field === METADATA_PROPS) metadata[entry.text[1] ?? ''] = entry.text[2] ?? '';
      else if ((entry.text[1] ?? '') === '') opset = entry.number[2] ?? 0;
    }
    at += value.value;
  }
  if (!hasGraph) return fail({ code: 'modelRefused', path, reason: 'it holds no graph' });
  return ok({ opset, metadata });
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
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

/** The members of a small message: texts and numbers by field. */
function fieldsOf(bytes: Buffer): {
  readonly text: Record<number, string>;
  readonly number: Record<number, number>;
} {
  const text: Record<number, string> = {};
  const number: Record<number, number> = {};
  for (let at = 0; at < bytes.length; ) {
    const tag = varint(bytes, at);
    const value = varint(bytes, tag.end);
    if (value.end > bytes.length) break;
    at = value.end;
    if ((tag.value & 7) === 0) number[tag.value >>> 3] = value.value;
    else {
      text[tag.value >>> 3] = bytes.toString('utf8', at, at + value.value);
      at += value.value;
    }
  }
  return { text, number };
}
