import { describe, expect, it } from 'vitest';
import { safeFileName } from '../../../src-main/http/upload';

describe('the name of an upload', () => {
  it('stays what the user called it', () => {
    expect(safeFileName('Bärenlied (Take 2).WAV')).toBe('Bärenlied (Take 2).WAV');
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\songs\\drums.mp3', 'drums.mp3'],
    ['..', 'upload'],
    ['', 'upload'],
    ['a/', 'upload'],
    ['.hidden.wav', 'hidden.wav'],
    ['a\u0000b:c?.wav', 'a_b_c_.wav'],
  ])('%j becomes %j', (given, safe) => {
    expect(safeFileName(given)).toBe(safe);
  });

  it('is cut to what every file system takes, its extension kept', () => {
    const name = safeFileName(`${'長'.repeat(300)}.flac`);
    expect(name).toMatch(/\.flac$/);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  });
});
