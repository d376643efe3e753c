import { describe, expect, it } from 'vitest';
import { licenceNotice } from '#main/inference';

const STEMSPLIT = 'd05c269d0178d2a72ad484b10b11dd370193fc923201c3b27a99f848745db70a';
const UNKNOWN = '0'.repeat(64);

describe('licenceNotice', () => {
  it("shows what the author of Demucs says of its weights, whatever the file's label", () => {
    const known = licenceNotice('C', STEMSPLIT, 165_612_636);
    expect(known).toMatchObject({
      known: { name: 'HTDemucs, 16-bit weights, by StemSplit', verdict: 'same' },
      origin: 'HTDemucs, 16-bit weights, by StemSplit',
      licence: 'labelled MIT',
    });
    expect(known.notice).toContain('scientific purposes');
    for (const contract of ['A', 'B', 'C', 'C2', 'D', 'E', 'F', 'G', 'H', 'I', 'J'])
      expect(licenceNotice(contract, UNKNOWN, 1)).toMatchObject({
        known: null,
        licence: 'not known',
        notice: known.notice,
      });
  });

  it('knows a published file by the begin of its checksum where no more was published', () => {
    const id = `38ad2757bd1a${'0'.repeat(52)}`;
    expect(licenceNotice('D', id, 110_395_431).known).toEqual({
      name: 'HTDemucs 6s by unblend',
      verdict: 'same',
    });
    expect(licenceNotice('D', id, 110_395_432).known).toBeNull();
  });

  it("tells a file that has a published one's length but other bytes", () => {
    expect(licenceNotice('C', UNKNOWN, 165_612_636)).toMatchObject({
      known: { name: 'HTDemucs, 16-bit weights, by StemSplit', verdict: 'differs' },
      origin: 'an export of HTDemucs by StemSplit, or like it',
      licence: 'not known',
    });
  });

  it('asks for care with a file of another kind', () => {
    expect(licenceNotice('M', UNKNOWN, 1)).toMatchObject({
      origin: 'an MDX-Net model',
      licence: 'not known',
    });
  });
});
