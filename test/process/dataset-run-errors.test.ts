import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backbeat, scratchFolder } from '#test/cli';

/** Runs it on a configuration that must be refused; answers its sentence. */
async function refusal(yaml: string | null, flags: readonly string[] = []) {
  const home = scratchFolder();
  const file = join(home, 'config.yaml');
  if (yaml !== null) writeFileSync(file, yaml);
  const out = join(home, 'out');
  const argv = ['dataset', 'generate', ...(yaml === null ? [] : ['--config', file]), '--out', out, ...flags];
  const { code, stdout, stderr } = await backbeat(home, argv);
  expect(stdout).toBe('');
  expect(existsSync(out)).toBe(false);
  expect(stderr).toMatch(/^backbeat: [^\n]*\n$/);
  return { code, said: stderr };
}

describe('a run that cannot be is refused in one sentence, before any file is written:', () => {
  it('an unknown rudiment', async () => {
    const { code, said } = await refusal(null, ['--rudiments', 'flam_tap,flam_tip']);
    expect(code).toBe(1);
    expect(said).toMatch(/rudiments: there is no "flam_tip"; there are single_stroke_roll, /);
  });

  it('tempo 0', async () => {
    const { code, said } = await refusal('tempo_range: [0, 120]\n');
    expect(code).toBe(1);
    expect(said).toMatch(/config\.yaml .*line 1: tempo_range\[0\] is 0, but must be .*20/);
  });

  it('no tempos at all', async () => {
    const { code, said } = await refusal(null, ['--tempos', '0']);
    expect([code, said]).toEqual([2, 'backbeat: --tempos is 0, but must be a whole number from 1 to 100.\n']);
  });

  it('a font that is not there', async () => {
    const { code, said } = await refusal(null, ['--soundfont', 'nowhere.sf2']);
    expect(code).toBe(1);
    expect(said).toMatch(/nowhere\.sf2 is not there\. Check the path/);
  });

  it('a font that is none', async () => {
    const font = join(scratchFolder(), 'song.sf2');
    writeFileSync(font, 'I am no font.');
    const { code, said } = await refusal(null, ['--soundfont', font]);
    expect(code).toBe(1);
    expect(said).toMatch(/song\.sf2 is not a valid SoundFont: /);
  });

  it('broken YAML, with line and column', async () => {
    const { code, said } = await refusal('seed: 1\nrudiments: [flam\nnum_profiles: 3\n');
    expect(code).toBe(1);
    expect(said).toMatch(/config\.yaml is not a valid configuration of a dataset: line \d+, column \d+: /);
  });

  it('a key that nobody knows', async () => {
    const { code, said } = await refusal('num_profile: 3\n');
    expect(code).toBe(1);
    expect(said).toMatch(/line 1: num_profile: there is no such key; did you mean num_profiles\?/);
  });

  it('ten terabytes', async () => {
    const flags = ['--profiles', '100000', '--tempos', '30', '--fixed-duration', '9'];
    const { code, said } = await refusal('tempo_range: [20, 400]\n', flags);
    expect(code).toBe(1);
    expect(said).toMatch(/Disk full at .*: needs \d{8,}\.\d MB, \d+\.\d MB free\./);
  });

  it('a folder that holds something else', async () => {
    const home = scratchFolder();
    const out = join(home, 'out');
    mkdirSync(out);
    writeFileSync(join(out, 'letter.txt'), 'Dear');
    const { code, stderr } = await backbeat(home, ['dataset', 'generate', '--preset', 'small', '--out', out]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /is not possible: it is not empty \(letter\.txt\)\. Choose a new or an empty folder\./,
    );
    expect(readdirSync(out)).toEqual(['letter.txt']);
  });

  it('another run in the folder of one that was begun', async () => {
    const home = scratchFolder();
    const out = join(home, 'out');
    mkdirSync(join(out, '.run'), { recursive: true });
    writeFileSync(join(out, '.run/run.json'), '{"config":{"seed":1},"name":"other"}');
    const { code, stderr } = await backbeat(home, ['dataset', 'generate', '--seed', '2', '--out', out]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/another run was begun there; .*\bseed\b.* differ/);
    expect(readdirSync(join(out, '.run'))).toEqual(['run.json']);
  });
});
