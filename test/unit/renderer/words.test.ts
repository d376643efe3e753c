import { describe, expect, it } from 'vitest';
import {
  clock,
  confidence,
  duration,
  fileName,
  fileSize,
  grouped,
  lateness,
  plain,
  preciseClock,
  signed,
} from '../../../src-renderer/ui/words';

describe('numbers as the screens print them', () => {
  it('signs with a true minus and rounds before it chooses the sign', () => {
    expect(signed(-3)).toBe('\u22123');
    expect(signed(12.46, 1)).toBe('+12.5');
    expect(signed(-0.04, 1)).toBe('0.0');
    expect(signed(0)).toBe('0');
    expect(plain(-0.2)).toBe('0');
    expect(plain(-6.25, 1)).toBe('\u22126.3');
  });

  it('groups thousands', () => {
    expect(grouped(999)).toBe('999');
    expect(grouped(48_000)).toBe('48\u202f000');
    expect(grouped(1_234_567)).toBe('1\u202f234\u202f567');
  });

  it('prints a confidence without its nought', () => {
    expect(confidence(0.714)).toBe('.71');
    expect(confidence(1)).toBe('1.00');
  });

  it('cuts seconds and never shows one that has not passed', () => {
    expect(clock(59.999)).toBe('0:59');
    expect(clock(222)).toBe('3:42');
    expect(clock(3661)).toBe('1:01:01');
    expect(preciseClock(61.5324)).toBe('1:01.532');
    expect(preciseClock(59.9999)).toBe('1:00.000');
  });

  it('changes units where numbers would grow long', () => {
    expect(duration(0.0964)).toBe('96 ms');
    expect(duration(1.844)).toBe('1.84 s');
    expect(fileSize(606)).toBe('606 B');
    expect(fileSize(2_740_000)).toBe('2.7 MB');
  });

  it('says late, early and neither', () => {
    expect(lateness(12)).toBe('12 ms late');
    expect(lateness(-4.26)).toBe('4.3 ms early');
    expect(lateness(0.04)).toBe('on the grid');
  });

  it('names the file of a path of either kind', () => {
    expect(fileName('/music/Late Ferry.wav')).toBe('Late Ferry.wav');
    expect(fileName('C:\\Music\\Late Ferry.wav')).toBe('Late Ferry.wav');
  });
});
