import { describe, expect, it } from 'vitest';
import { withSeparator } from '../../../src-main/usecases/retry-job';

describe('withSeparator', () => {
  it('changes the separator wherever a job’s parameters have it, and nothing else', () => {
    expect(withSeparator({ path: 'a.wav', separator: 'user:x' }, 'drum-stem')).toEqual({
      path: 'a.wav',
      separator: 'drum-stem',
    });
    expect(withSeparator({ file: 'a', hearing: { separator: 'user:x', flamMs: 40 } }, 'hpss')).toEqual({
      file: 'a',
      hearing: { separator: 'hpss', flamMs: 40 },
    });
    expect(withSeparator({ step: 'tempo', separate: 'user:x' }, 'hpss')).toEqual({
      step: 'tempo',
      separate: 'hpss',
    });
  });

  it('separates nothing that was not to be separated', () => {
    expect(withSeparator({ step: 'tempo', separate: null }, 'hpss')).toEqual({
      step: 'tempo',
      separate: null,
    });
    expect(withSeparator({ name: 'x' }, 'hpss')).toEqual({ name: 'x' });
    expect(withSeparator('nothing', 'hpss')).toBe('nothing');
  });
});
