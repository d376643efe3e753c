import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onsetsStage } from '#main/pipeline/preprocess/onsets';
import { readStage } from '#main/pipeline/preprocess/read';
import type { FileRef } from '#main/pipeline/stage';
import { temporaryFolder } from '#test/audio-files';
import { kitOf, residueDecibels, slicesOf } from '#test/kit-line';
import { materialFiles } from '#test/material';
import { filesOf, refOf } from '#test/stage-run';

const recordings = materialFiles('mdb-drums/sep/drums');

/** The drum recording itself as the stem, and what the `onsets` stage hears in it. */
async function heard(path: string, folder: string) {
  const stageFolder = async (name: string): Promise<string> => {
    await mkdir(join(folder, name), { recursive: true });
    return join(folder, name);
  };
  const read = await filesOf(readStage, await stageFolder('read'), {
    source: await refOf(path),
    name: 'song',
  });
  const drums = read.files['mix'] as FileRef;
  const found = await filesOf(onsetsStage, await stageFolder('onsets'), { drums, sensitivity: 0.5 });
  return { drums, onsets: found.files['onsets'] as FileRef };
}

describe.skipIf(recordings.length === 0)('slices of real drum recordings', () => {
  it.each(recordings.map(path => [basename(path), path]))(
    'cancel against %s to below -90 dBFS outside their fades',
    async (name, path) => {
      const folder = temporaryFolder();
      const stem = await heard(path, folder);
      const song = await slicesOf(join(folder, 'slices'), name, stem);
      const every = await kitOf(join(folder, 'every'), [song], { threshold: 1 });
      expect(every.manifest.counts.dropped).toBe(0);
      expect(await residueDecibels(every, stem.drums)).toBeLessThan(-90);
      const kit = await kitOf(join(folder, 'kit'), [song]);
      expect(kit.manifest.counts.kept + kit.manifest.counts.dropped).toBe(every.manifest.counts.kept);
    },
  );
});
