import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLibrary } from '#main/library';
import { drumMapsIn, importMidi, previewMidi } from '#main/usecases/midi';
import { encodeMidi, type Kit, ROLAND_TD } from '#shared/model';
import { explain } from '#shared/protocol';
import { scratchFolder } from '#test/cli';
import { aNote, aPattern, meter } from '#test/pattern';

const KIT: Kit = { id: 'kit', name: 'Kit', sampleRate: 44_100, pads: [], shapes: {} };
const NOW = new Date('2026-11-20T12:00:00Z');
const noUpload = (): null => null;

const groove = aPattern([aNote('kick', 0), aNote('chh', 2, { articulation: 'edge' }), aNote('snare', 20)], {
  bars: [meter(4, 4), meter(7, 8)],
  tempoChanges: [{ at: 3840, tempo: 96 }],
});

async function aLibrary() {
  const folder = scratchFolder();
  const opened = await openLibrary(join(folder, 'library'));
  if (!opened.ok) throw new Error(explain(opened.failure));
  await opened.value.write(at => at.kits.put(KIT, NOW.toISOString()));
  const file = (name: string, bytes: Uint8Array | string): string => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, bytes);
    return path;
  };
  return { folder, library: opened.value, file };
}

describe('MIDI files as patterns of the library', () => {
  it('keep tempos, meters and articulations; a broken file does not stop the others', async () => {
    const { folder, library, file } = await aLibrary();
    file('in/one.mid', encodeMidi(groove, { type: 1, map: ROLAND_TD }));
    file('in/deep/two.mid', encodeMidi(groove, { type: 0, map: ROLAND_TD }));
    file('in/bad.mid', 'MThd');
    const request = { paths: [join(folder, 'in'), join(folder, 'none.mid')], map: null, kitId: 'kit' };
    const { imported, refused } = await importMidi(library, request, noUpload, NOW);
    expect(imported.map(({ stored, map }) => [stored.name, map])).toEqual([
      ['two', 'roland-td'],
      ['one', 'roland-td'],
    ]);
    expect(refused.map(({ failure }) => failure.code)).toEqual(['badFile', 'notFound']);
    const stored = await library.patterns.one(imported[0]?.stored.id ?? '');
    expect(stored).toMatchObject({ kitId: 'kit', trackId: null, pattern: { tempo: 120 } });
    expect(stored?.pattern.tempoChanges).toEqual([{ at: 3840, tempo: 96 }]);
    expect(stored?.pattern.bars).toEqual(groove.bars);
    expect(stored?.pattern.notes.map(({ instrument, articulation }) => [instrument, articulation])).toEqual([
      ['kick', null],
      ['chh', 'edge'],
      ['snare', null],
    ]);
    await library.close();
  });

  it('that are imported again are the patterns that they were, edits included', async () => {
    const { library, file } = await aLibrary();
    const path = file('one.mid', encodeMidi(groove, { type: 1 }));
    const request = { paths: [path], map: 'gm', kitId: 'kit' };
    const [first] = (await importMidi(library, request, noUpload, NOW)).imported;
    if (!first) throw new Error('nothing was imported');
    const edited = { ...first.stored, name: 'Mine', pattern: { ...first.stored.pattern, tempo: 99 } };
    await library.write(at => at.patterns.put(edited, NOW.toISOString()));
    const [again] = (await importMidi(library, request, noUpload, NOW)).imported;
    expect(again?.stored).toEqual(edited);
    expect((await library.patterns.all()).length).toBe(1);
    await library.close();
  });

  it('are previewed by what they hold, and read by a map of the user’s own', async () => {
    const { library, file } = await aLibrary();
    const path = file('one.mid', encodeMidi(groove, { type: 1, map: ROLAND_TD }));
    expect(await previewMidi(path, noUpload)).toMatchObject({
      name: 'one',
      tempo: 120,
      tempoCount: 2,
      meters: ['4/4', '7/8'],
      noteCount: 3,
      numbers: [
        { note: 22, count: 1 },
        { note: 36, count: 1 },
        { note: 38, count: 1 },
      ],
      likelyMap: 'roland-td',
    });
    file(
      'library/drum-maps/cow.yaml',
      'id: cow\nname: Cow\nextends: gm\nnotes: [{ note: 38, instrument: perc, articulation: cowbell }]\n',
    );
    const { imported } = await importMidi(
      library,
      { paths: [path], map: 'cow', kitId: 'kit' },
      noUpload,
      NOW,
    );
    expect(imported[0]?.stored.pattern.notes.at(-1)).toMatchObject({
      instrument: 'perc',
      articulation: 'cowbell',
    });
    await expect(
      importMidi(library, { paths: [path], map: 'nobody', kitId: 'kit' }, noUpload, NOW),
    ).rejects.toMatchObject({ failure: { code: 'badOption' } });
    await library.close();
  });

  it('say what is wrong with a map file, by key', async () => {
    const { library, file } = await aLibrary();
    const gm = 'id: gm\nname: Not mine\nnotes: [{ note: 1, instrument: kick }]';
    file('library/drum-maps/gm.yaml', gm);
    file('library/drum-maps/loop.yaml', gm.replace('id: gm', 'id: loop\nextends: loop'));
    file('library/drum-maps/text.yaml', 'notes: [');
    file(
      'library/drum-maps/twice.json',
      '{"id":"twice","name":"T","notes":[{"note":1,"instrument":"gong"}]}',
    );
    const { maps, problems } = await drumMapsIn(library.folder);
    expect(maps.map(({ id }) => id)).not.toContain('twice');
    const sentences = problems.map(explain).join('\n');
    expect(sentences).toContain('id: gm is a map that comes with Backbeat');
    expect(sentences).toContain('extends: there is no map loop');
    expect(sentences).toContain('text.yaml is not a valid drum map: Flow sequence');
    expect(sentences).toContain('twice.json is not a valid drum map: notes.0.instrument');
    await library.close();
  });
});
