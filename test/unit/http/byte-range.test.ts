import { describe, expect, it } from 'vitest';
import { parseByteRange } from '../../../src-main/http/byte-range';

describe('a byte range', () => {
  it.each([
    ['bytes=0-9', { kind: 'part', first: 0, last: 9 }],
    ['bytes=10-', { kind: 'part', first: 10, last: 99 }],
    ['bytes=90-500', { kind: 'part', first: 90, last: 99 }],
    ['bytes=-10', { kind: 'part', first: 90, last: 99 }],
    ['bytes=-500', { kind: 'part', first: 0, last: 99 }],
    ['bytes=99-99', { kind: 'part', first: 99, last: 99 }],
  ])('%s of 100 bytes is a part', (header, range) => {
    expect(parseByteRange(header, 100)).toEqual(range);
  });

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0'])('%s of 100 bytes cannot be served', header => {
    expect(parseByteRange(header, 100)).toEqual({ kind: 'unsatisfiable' });
  });

  it.each([null, '', 'bytes=', 'bytes=-', 'bytes=9-3', 'bytes=0-1,4-5', 'items=0-1', 'bytes=a-b'])(
    '%s asks for the whole file',
    header => {
      expect(parseByteRange(header, 100)).toEqual({ kind: 'whole' });
    },
  );

  it('of an empty file cannot be served', () => {
    expect(parseByteRange('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' });
  });
});
