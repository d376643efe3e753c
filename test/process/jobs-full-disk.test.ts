import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mountDisk } from '#test/disk-in-memory';
import { aLibrary } from '#test/library';
import { DEMO_SONG } from '#test/material';
import { aStudio } from '#test/worker-studio';

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

it('fails an import on a full disk by name, leaves nothing half-written, and resumes once there is room', async context => {
  const disk = mountDisk(40);
  if (!disk) return context.skip('this user may not mount a disk');
  const studio = await aStudio(disk.folder);
  const id = await studio.jobs.enqueue('import-track', 'First Light', { path: DEMO_SONG, name: null });
  const failed = await studio.jobs.finish(id);
  expect(failed).toMatchObject({ state: 'failed', failure: { code: 'diskFull' } });
  expect(readdirSync(studio.library.scratch)).toEqual([]);
  const kept = studio.ran.map(ran => ran.stage);
  expect(kept).toContain('read');
  expect(bytesIn(join(disk.folder, 'artefacts'))).toBeGreaterThan(1e6);
  disk.grow(400);
  await studio.jobs.retry(id);
  expect(await studio.jobs.finish(id)).toMatchObject({ state: 'done', failure: null });
  expect(studio.ran.filter(ran => ran.stage === 'read')).toHaveLength(1);
  expect((await studio.services.tracks())[0]?.hitCount).toBeGreaterThan(10);
});

it('says that the disk is full when the database cannot grow, loses nothing, and goes on once there is room', async context => {
  const disk = mountDisk(2);
  if (!disk) return context.skip('this user may not mount a disk');
  const library = await aLibrary(disk.folder);
  await library.write(at => at.settings.put('kept', 'before'));
  const flood = library.write(async at => {
    await at.settings.put('kept', 'half way');
    for (let turn = 0; turn < 40; turn++) await at.settings.put(`flood ${turn}`, 'x'.repeat(100_000));
  });
  await expect(flood).rejects.toMatchObject({ failure: { code: 'diskFull' } });
  expect(await library.settings.all()).toEqual({ kept: 'before' });
  disk.grow(60);
  await library.write(at => at.settings.put('kept', 'after'));
  expect(await library.settings.all()).toEqual({ kept: 'after' });
});
