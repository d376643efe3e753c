import { describe, expect, it } from 'vitest';
import { stageKey } from '../../../src-main/jobs/stage-key';

const file = (path: string, sha256: string) => ({ kind: 'file', path, sha256 });

describe('the cache key of a stage', () => {
  it('does not depend on where a file lies nor on the order of members', () => {
    const one = stageKey('onsets', 1, { drums: file('/a/drums.wav', 'ab'), sensitivity: 0.5 });
    const other = stageKey('onsets', 1, { sensitivity: 0.5, drums: file('/b/stem.wav', 'ab') });
    expect(other).toBe(one);
  });

  it.each([
    ['its name', stageKey('tempo', 1, { drums: file('/a', 'ab'), list: [1] })],
    ['its version', stageKey('onsets', 2, { drums: file('/a', 'ab'), list: [1] })],
    ["a file's bytes", stageKey('onsets', 1, { drums: file('/a', 'ac'), list: [1] })],
    ['a parameter, however deep', stageKey('onsets', 1, { drums: file('/a', 'ab'), list: [2] })],
    ['the path of a thing that is no file', stageKey('onsets', 1, { drums: { path: '/a' }, list: [1] })],
  ])('depends on %s', (_what, changed) => {
    expect(changed).not.toBe(stageKey('onsets', 1, { drums: file('/a', 'ab'), list: [1] }));
  });

  it('finds files inside lists', () => {
    const key = (path: string) => stageKey('kit', 1, { songs: [{ name: 'x', drums: file(path, 'ab') }] });
    expect(key('/one')).toBe(key('/other'));
  });
});
