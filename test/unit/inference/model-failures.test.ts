import { describe, expect, it } from 'vitest';
import { explain, type Failure } from '#shared/protocol';

const path = 'htdemucs.onnx';
const FAILURES: readonly Failure[] = [
  { code: 'modelTruncated', path, foundBytes: 1e6, promisedBytes: 172e6 },
  { code: 'modelOpset', path, opset: 99, newest: 25 },
  { code: 'modelShape', path, inputs: 'x [1,3,8,8]', outputs: 'y [1,10]' },
  { code: 'modelRefused', path, reason: 'it is not an ONNX file' },
  { code: 'modelOutput', path, reason: 'it holds numbers that are not finite (NaN)' },
  { code: 'modelMemory', path, freeBytes: 2e9 },
  { code: 'modelChanged', path, expected: 'a'.repeat(64), found: 'b'.repeat(64) },
];

describe('the sentence of a model that cannot be used', () => {
  it.each(FAILURES)('names the file and offers the bundled separator: $code', failure => {
    expect(explain(failure)).toContain(path);
    expect(explain(failure)).toContain('Use the bundled separator instead');
  });
});
