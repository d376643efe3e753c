import { describe, expect, it } from 'vitest';
import { parseNumber } from '../../../src-renderer/ui/parse-number';

describe('numbers that are typed', () => {
  it('takes signs, units and decimals of either kind', () => {
    expect(
      ['7', '+7', '\u22127', '-7.5', '7,5', '.5', '1 000', '13.0 ms', '120 BPM', '58 %'].map(parseNumber),
    ).toEqual([7, 7, -7, -7.5, 7.5, 0.5, 1000, 13, 120, 58]);
  });

  it('refuses what is no number', () => {
    expect(['', 'late', '7-', '--7', '1.2.3', '+'].map(parseNumber)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
