import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeMidi } from '#shared/model';
import { backbeat, suiteFolder } from '#test/cli';
import { aNote, aPattern, late } from '#test/pattern';
import { readSmf } from '#test/read-smf';

const ZEROS = new Uint8Array(40);

describe('backbeat midi convert', () => {
  const home = suiteFolder();
  const at = (...parts: string[]): string => join(home, ...parts);
  const rock = aPattern([
    aNote('kick', 0),
    aNote('chh', 2, { articulation: 'edge' }),
    aNote('snare', 4, late(7)),
    aNote('snare', 12, { articulation: 'rimshot' }),
  ]);
  const numbers = (...parts: string[]): number[] =>
    readSmf(readFileSync(at(...parts))).notes.map(({ key }) => key);
  mkdirSync(at('in', 'funk'), { recursive: true });
  writeFileSync(at('in', 'rock.mid'), encodeMidi(rock, { type: 1 }));
  writeFileSync(at('in', 'funk', 'groove.one.MID'), encodeMidi(rock, { type: 0 }));
  writeFileSync(at('in', 'funk', 'notes.txt'), 'no music');

  it('converts folders with their subfolders, and keeps names', async () => {
    const answer = await backbeat(home, ['midi', 'convert', 'in', '--out', 'out', '--json']);
    expect(answer).toMatchObject({ code: 0, stderr: '' });
    const files = [at('out', 'funk', 'groove.one.mid'), at('out', 'rock.mid')];
    expect(JSON.parse(answer.stdout)).toEqual({ event: 'result', files, failed: [] });
    expect(numbers('out', 'rock.mid')).toEqual(readSmf(encodeMidi(rock, { type: 1 })).notes.map(n => n.key));
    expect(readSmf(readFileSync(files[0] ?? '')).format).toBe(1);
  });

  it('goes on after a broken file, says what is wrong with it, and exits 1', async () => {
    writeFileSync(at('broken.mid'), ZEROS);
    const given = ['broken.mid', 'missing.mid', 'in/rock.mid'];
    const answer = await backbeat(home, ['midi', 'convert', ...given, '--out', 'some', '--type', '0']);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('broken.mid is not a valid MIDI file: it does not begin with "MThd"');
    expect(answer.stderr).toContain('missing.mid is not there');
    expect(answer.stdout.trim()).toBe(at('some', 'rock.mid'));
    expect(readSmf(readFileSync(at('some', 'rock.mid'))).format).toBe(0);
  });

  it('writes no file onto its source or onto another of its own', async () => {
    const answer = await backbeat(home, ['midi', 'convert', 'in/rock.mid', 'out/rock.mid', '--out', 'in']);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('it is the file that is being converted');
    const twice = await backbeat(home, ['midi', 'convert', 'in/rock.mid', 'out/rock.mid', '--out', 'both']);
    expect(twice.code).toBe(1);
    expect(twice.stderr).toContain('another of these files was written there');
  });

  it('reads and writes by drum maps: those that come with it, the library’s and a file’s', async () => {
    const superior = ['midi', 'convert', 'in/rock.mid', '--from', 'gm', '--map', 'superior-drummer'];
    expect(await backbeat(home, [...superior, '--out', 'sd'])).toMatchObject({ code: 0 });
    mkdirSync(at('drum-maps'));
    writeFileSync(
      at('drum-maps', 'mine.yaml'),
      'id: mine\nname: Mine\nextends: gm\nnotes:\n  - { note: 20, instrument: snare }\n  - { note: 21, instrument: snare, articulation: rimshot }\n',
    );
    expect(
      await backbeat(home, ['midi', 'convert', 'in/rock.mid', '--map', 'mine', '--out', 'own']),
    ).toMatchObject({ code: 0 });
    expect(numbers('own', 'rock.mid').sort((a, b) => a - b)).toEqual([20, 20, 36, 42]);
    const path = at('drum-maps', 'mine.yaml');
    expect(
      await backbeat(home, [
        'midi',
        'convert',
        'own/rock.mid',
        '--from',
        path,
        '--map',
        'gm',
        '--out',
        'back',
      ]),
    ).toMatchObject({ code: 0 });
    expect(numbers('back', 'rock.mid').sort((a, b) => a - b)).toEqual([36, 38, 38, 42]);
  });

  it('lists the maps with their sources, and says what is wrong with a file that is none', async () => {
    writeFileSync(at('drum-maps', 'bad.json'), '{ "id": "bad", "name": "Bad", "notes": [{ "note": 200 }] }');
    const answer = await backbeat(home, ['midi', 'maps']);
    const maps = answer.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { id: string });
    expect(maps.map(({ id }) => id)).toContain('addictive-drums-2');
    expect(maps.map(({ id }) => id)).toContain('mine');
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('bad.json is not a valid drum map: notes.0.note: Too big');
    const wrong = await backbeat(home, ['midi', 'convert', 'in', '--map', 'nobody', '--out', 'x']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('--map is nobody, but must be one of gm, gm2, superior-drummer');
  });

  it('writes a file for each role', async () => {
    const answer = await backbeat(home, [
      'midi',
      'convert',
      'in/rock.mid',
      '--type',
      'roles',
      '--out',
      'roles',
    ]);
    expect(answer).toMatchObject({ code: 0 });
    const files = ['CORE', 'ACCENT', 'MOTION'].map(role =>
      readSmf(readFileSync(at('roles', `rock_${role}.mid`))),
    );
    expect(files.map(({ notes }) => notes.length)).toEqual([1, 2, 1]);
    expect(new Set(files.flatMap(({ ends }) => ends))).toEqual(new Set([3840]));
  });
});
