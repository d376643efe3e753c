import { describe, expect, it } from 'vitest';
import { BUNDLED_TEMPLATES } from '#shared/compose';
import type { KeptStep } from '#shared/protocol';
import { temporaryFolder } from '#test/audio-files';
import { aLibrary } from '#test/library';
import { aNote, aPattern } from '#test/pattern';

const NOW = '2026-01-02T03:04:05.000Z';
const stored = { id: 'p', name: 'Groove', kitId: 'k', trackId: null, pattern: aPattern([aNote('kick', 0)]) };
const step = (label: string): KeptStep => ({ label, edit: '{"kind":"all","edits":[]}' });
const NOTHING_NEW = { undoKept: 0, undo: [], redoKept: 0, redo: [] };

describe('histories of patterns', () => {
  it('outlive the library being closed, change by change', async () => {
    const folder = temporaryFolder();
    const library = await aLibrary(folder);
    await library.write(async at => {
      await at.patterns.put(stored, NOW);
      await at.histories.change('p', { ...NOTHING_NEW, undo: [step('One'), step('Two')] });
      await at.histories.change('p', { undoKept: 1, undo: [], redoKept: 0, redo: [step('Two again')] });
    });
    const again = await aLibrary(folder);
    expect(await again.histories.of('p')).toEqual({ undo: [step('One')], redo: [step('Two again')] });
  });

  it('are refused, and forgotten, when they build on steps that are not there', async () => {
    const library = await aLibrary();
    const change = { ...NOTHING_NEW, undoKept: 3, undo: [step('Four')] };
    await library.write(at => at.patterns.put(stored, NOW));
    expect(await library.write(at => at.histories.change('p', change))).toBe(false);
    expect(await library.histories.of('p')).toEqual({ undo: [], redo: [] });
  });

  it('keep the newest 500 steps when a pattern is opened again', async () => {
    const library = await aLibrary();
    const steps = Array.from({ length: 620 }, (_, index) => step(`Step ${index}`));
    await library.write(async at => {
      await at.patterns.put(stored, NOW);
      await at.histories.change('p', { ...NOTHING_NEW, undo: steps });
      await at.histories.shorten('p');
    });
    const { undo } = await library.histories.of('p');
    expect(undo.map(({ label }) => label)).toEqual(steps.slice(120).map(({ label }) => label));
  });

  it('go with their pattern', async () => {
    const library = await aLibrary();
    await library.write(async at => {
      await at.patterns.put(stored, NOW);
      await at.histories.change('p', { ...NOTHING_NEW, undo: [step('One')] });
      await at.patterns.remove('p');
    });
    expect((await library.histories.of('p')).undo).toEqual([]);
  });
});

it('keeps songs, and forgets them when it is told to', async () => {
  const library = await aLibrary();
  const part = { id: 'a', patternId: 'p', times: 4, layer: 'full' as const };
  const song = { id: 's', name: 'Song', kitId: 'k', parts: [part] };
  await library.write(at => at.songs.put(song, NOW));
  await library.write(at => at.songs.put({ ...song, parts: [part, { ...part, id: 'b' }] }, NOW));
  expect((await library.songs.all()).map(({ parts }) => parts.length)).toEqual([2]);
  await library.write(at => at.songs.remove('s'));
  expect(await library.songs.all()).toEqual([]);
});

it('keeps groove templates, and forgets them when it is told to', async () => {
  const library = await aLibrary();
  const [template] = BUNDLED_TEMPLATES;
  if (!template) throw new Error('no template');
  await library.write(at => at.templates.put({ id: 't', template }, NOW));
  await library.write(at => at.templates.put({ id: 't', template: { ...template, name: 'Mine' } }, NOW));
  expect((await library.templates.all()).map(each => each.template.name)).toEqual(['Mine']);
  await library.write(at => at.templates.remove('t'));
  expect(await library.templates.all()).toEqual([]);
});
