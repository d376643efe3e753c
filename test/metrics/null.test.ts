import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/audio-files';
import { heardStem, kitOf, residueDecibels, slicesOf } from '#test/kit-line';
import { materialFiles } from '#test/material';

const recordings = materialFiles('mdb-drums/sep/drums');

describe.skipIf(recordings.length === 0)('slices of real drum recordings', () => {
  it.each(recordings.map(path => [basename(path), path]))(
    'cancel against %s to below -90 dBFS outside their fades',
    async (name, path) => {
      const folder = temporaryFolder();
      const stem = await heardStem(path, folder);
      const song = await slicesOf(join(folder, 'slices'), name, stem);
      const every = await kitOf(join(folder, 'every'), [song], { threshold: 1 });
      expect(every.manifest.counts.dropped).toBe(0);
      expect(await residueDecibels(every, stem.drums)).toBeLessThan(-90);
      const kit = await kitOf(join(folder, 'kit'), [song]);
      expect(kit.manifest.counts.kept + kit.manifest.counts.dropped).toBe(every.manifest.counts.kept);
    },
  );
});
