import { type FileHandle, open } from 'node:fs/promises';
import { fail, ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { failureOfError } from '#main/platform';

/** What a model file says of itself without being loaded. */
export interface OnnxHeader {
  /** Key and value texts of its maker. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Fields of ModelProto in onnx.proto3. */
const IR_VERSION = 1;
const GRAPH = 7;
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
  let hasVersion = false;
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
    if (field === IR_VERSION) hasVersion = true;
    if (wireType === 0) continue;
    // Files of other kinds can be read as fields, too; a model begins with its format's version.
    if (at + value.value > size)
      return fail(
        hasVersion
          ? { code: 'modelTruncated', path, foundBytes: size, promisedBytes: at + value.value }
          : { code: 'modelRefused', path, reason: 'it is not an ONNX file' },
      );
    if (field === GRAPH) hasGraph = true;
    if (field === METADATA_PROPS && value.value <= MOST_BYTES) {
      const [key = '', text = ''] = textsOf(await bytesAt(file, at, value.value));
      metadata[key] = text;
    }
    at += value.value;
  }
  if (!hasGraph) return fail({ code: 'modelRefused', path, reason: 'it holds no graph' });
  return ok({ metadata });
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
