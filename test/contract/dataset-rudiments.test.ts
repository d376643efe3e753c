import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backbeat, scratchFolder } from '#test/cli';

const TAP = readFileSync('assets/rudiments/22-flam-tap.yaml', 'utf8');
const OWN = TAP.replace('name: Flam Tap', 'name: My Tap')
  .replace('slug: flam_tap', 'slug: my_tap')
  .replace('pas_number: 22\n', '');

/** A folder of one definition. */
function folderOf(home: string, text: string): string {
  const folder = join(home, 'mine');
  mkdirSync(folder);
  writeFileSync(join(folder, 'my-tap.yaml'), text);
  return folder;
}

describe('dataset rudiments', () => {
  it('prints one array of all 40 with both leads', async () => {
    const { code, stdout, stderr } = await backbeat(scratchFolder(), ['dataset', 'rudiments', '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const all = JSON.parse(stdout) as { number: number; name: string; lead: string; notes: object[] }[];
    expect(all.map(({ number, lead }) => `${number}${lead}`)).toEqual(
      Array.from({ length: 40 }, (_, index) => [`${index + 1}R`, `${index + 1}L`]).flat(),
    );
    expect(all[42]).toMatchObject({ number: 22, name: 'Flam Tap', lead: 'R' });
    expect(all[42]?.notes.slice(0, 4)).toEqual([
      { hand: 'R', grace: 'l', accent: true, beats: 0.5 },
      { hand: 'R', grace: '', accent: false, beats: 0.5 },
      { hand: 'L', grace: 'r', accent: true, beats: 0.5 },
      { hand: 'L', grace: '', accent: false, beats: 0.5 },
    ]);
  });

  it('takes definitions of the user after them', async () => {
    const home = scratchFolder();
    const folder = folderOf(home, OWN);
    const { code, stdout } = await backbeat(home, ['dataset', 'rudiments', '--rudiment-folder', folder]);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(41);
    expect(stdout).toContain('my_tap');
  });

  it.each([
    ['a wrong grace', OWN.replace('grace: l', 'grace: r'), 'pattern.strokes.0.grace: '],
    ['a slug that is taken', OWN.replace('my_tap', 'flam'), 'slug: flam is used by two rudiments'],
    ['broken YAML', 'name: [', 'line 1: '],
  ])('refuses %s with one sentence that names the file and the key', async (_, text, wanted) => {
    const home = scratchFolder();
    const folder = folderOf(home, text);
    const { code, stdout, stderr } = await backbeat(home, [
      'dataset',
      'rudiments',
      '--rudiment_folder',
      folder,
    ]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('my-tap.yaml is not a valid rudiment');
    expect(stderr).toContain(wanted);
  });

  it('says when the folder is not there', async () => {
    const home = scratchFolder();
    const { code, stderr } = await backbeat(home, [
      'dataset',
      'rudiments',
      '--rudiment_folder',
      join(home, 'none'),
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('is not there');
  });
});
