import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { hitsOfNote } from '#shared/mix';
import { temporaryFolder } from '#test/audio-files';
import { aStudio } from '#test/worker-studio';

it('imports the bundled demo once: a kit and grooves that it plays, and the song; what the user removes stays away', async () => {
  const folder = temporaryFolder();
  const studio = await aStudio(folder);
  expect((await studio.services.info()).demo).toBeNull();
  await studio.ensureDemo();
  const { demo } = await studio.services.info();
  const [tracks, kits, patterns] = await Promise.all([
    studio.services.tracks(),
    studio.services.kits(),
    studio.services.patterns(),
  ]);
  expect(tracks.map(track => [track.id, track.name])).toEqual([[demo?.trackId, 'First Light']]);
  const kit = kits.find(each => each.id === demo?.kitId);
  expect(kit?.name).toBe('First Light kit');
  const hits = await studio.services.kitHits(demo?.kitId ?? '');
  expect(hits.length).toBeGreaterThan(10);
  for (const hit of hits) expect(await studio.library.artefactPath(hit.audio)).not.toBeNull();
  const groove = patterns.find(each => each.id === demo?.patternId);
  const known = new Set(hits.map(hit => hit.id));
  expect(groove?.pattern.notes.length).toBeGreaterThan(20);
  const soundless = groove?.pattern.notes.filter(note => {
    const sounds = kit ? hitsOfNote(note, kit) : [];
    return sounds.length === 0 || sounds.some(hit => !known.has(hit));
  });
  expect(soundless).toEqual([]);
  const layered = kit?.pads.filter(pad => pad.layers.length > 1).map(pad => pad.instrument);
  expect(layered).toEqual(['kick', 'snare', 'chh']);
  expect(await studio.services.jobs()).toEqual([]);

  await studio.services.removeTrack(demo?.trackId ?? '');
  if (groove) await studio.services.savePattern({ ...groove, name: 'Mine' }, null);
  await studio.ensureDemo();
  expect(await studio.services.tracks()).toEqual([]);
  expect((await studio.services.patterns()).some(each => each.name === 'Mine')).toBe(true);
});

it('goes on with the import that a former start began, instead of queueing it twice', async () => {
  const { ensureDemo, jobs, services } = await aStudio();
  const params = { path: resolve('assets/demo/first-light.mp3'), name: 'First Light' };
  const begun = await jobs.enqueue('import-track', 'First Light', params);
  await jobs.cancel(begun);
  expect((await jobs.finish(begun)).state).toBe('cancelled');
  await ensureDemo();
  expect((await services.tracks()).map(track => track.name)).toEqual(['First Light']);
  expect(await services.jobs()).toEqual([]);
});
