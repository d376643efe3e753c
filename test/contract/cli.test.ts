import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventGridSchema, GridFileSchema } from '#shared/model';
import { backbeat, scratchFolder } from '#test/cli';
import { onnxModel } from '#test/onnx-graphs';
import { waveformGraph } from '#test/separation-graphs';
import { describe, expect, it } from 'vitest';

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

async function skeleton(home: string, ...flags: readonly string[]): Promise<string> {
  const out = join(home, 'out');
  const answer = await backbeat(home, ['skeleton', '--bpm', '120', '--out_dir', out, ...flags]);
  expect(answer).toMatchObject({ code: 0 });
  return out;
}

describe('the command line', () => {
  it('numbers what a step writes and never overwrites', async () => {
    const home = scratchFolder();
    const out = await skeleton(home);
    const first = readFileSync(join(out, 'event_grid_1.json'));
    await skeleton(home, '--seed', '7');
    expect(readdirSync(out).sort()).toEqual([
      'event_grid_1.json',
      'event_grid_2.json',
      'grid_1.json',
      'grid_2.json',
      'skeleton_meta_1.json',
      'skeleton_meta_2.json',
    ]);
    expect(readFileSync(join(out, 'event_grid_1.json'))).toEqual(first);
  });

  it("draws the seed's four-on-the-floor by default", async () => {
    const out = await skeleton(scratchFolder());
    const grid = GridFileSchema.parse(json(join(out, 'grid_1.json')));
    expect(grid).toMatchObject({
      bpm: 120,
      meter: '4/4',
      steps_per_bar: 16,
      num_bars: 4,
      tbar: 2,
      tstep: 0.125,
    });
    const events = EventGridSchema.parse(json(join(out, 'event_grid_1.json')));
    const stepsOf = (role: string) =>
      events.filter(event => event.role === role && event.bar === 0).map(event => event.step);
    expect(stepsOf('CORE')).toEqual([0, 4, 8, 12]);
    expect(stepsOf('ACCENT')).toEqual([4, 12]);
    expect(stepsOf('TEXTURE')).toEqual([0]);
  });

  it('takes options with hyphens as with underscores', async () => {
    const home = scratchFolder();
    const out = await skeleton(home, '--motion-keep', '4', '--motion_mode', 'A', '--fill-prob=1');
    const events = EventGridSchema.parse(json(join(out, 'event_grid_1.json')));
    const motion = events
      .filter(event => event.role === 'MOTION' && event.bar === 1)
      .map(event => event.step);
    expect(motion.every(step => [0, 8, 4, 12].includes(step))).toBe(true);
    expect(events.filter(event => event.role === 'FILL').map(event => [event.bar, event.step])).toEqual([
      [3, 12],
      [3, 13],
      [3, 14],
      [3, 15],
    ]);
  });

  it('tells progress and the result as JSON lines, and nothing else on stdout', async () => {
    const home = scratchFolder();
    const answer = await backbeat(home, ['skeleton', '--bpm', '100', '--out', join(home, 'out'), '--json']);
    const lines = answer.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { event: string });
    expect(lines.at(-1)).toMatchObject({ event: 'result', states: ['done'] });
    const fractions = lines.slice(0, -1).map(line => (line as unknown as { fraction: number }).fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });

  it('refuses bad usage with exit code 2 before it writes anything', async () => {
    const home = scratchFolder();
    const bad: readonly (readonly string[])[] = [
      ['skeleton', '--bpm', '0', '--out', 'out'],
      ['skeleton', '--out', 'out'],
      ['skeleton', '--bpm', '120', '--meter', '4/5', '--out', 'out'],
      ['skeleton', '--bpm', '120', '--motion_keep', '9', '--out', 'out'],
      ['run', 'song.wav'],
      ['nonsense'],
    ];
    for (const argv of bad) expect((await backbeat(home, argv)).code, argv.join(' ')).toBe(2);
    expect(readdirSync(home)).not.toContain('out');
  });

  it('says what is wrong with a file made by hand, and goes no further', async () => {
    const home = scratchFolder();
    const out = await skeleton(home);
    const broken = join(home, 'broken.json');
    const edit = (file: string) =>
      backbeat(home, [
        'edit',
        'mute',
        '--grid_json',
        join(out, 'grid_1.json'),
        '--events_json',
        file,
        '--out',
        out,
      ]);
    writeFileSync(broken, '[{"bar": 0, "step"');
    const cut = await edit(broken);
    expect(cut.code).toBe(1);
    expect(cut.stderr).toMatch(/broken\.json is not a valid event grid/);
    writeFileSync(broken, '[{"bar": 0, "step": 99, "role": "CORE", "vel": 0.5}]');
    expect((await edit(broken)).stderr).toMatch(/event 0: .*99/);
    writeFileSync(broken, '[{"bar": 0, "step": 0, "role": "KICK", "vel": 0.5}]');
    expect((await edit(broken)).code).toBe(1);
    expect(readdirSync(out)).toHaveLength(3);
  });

  it('edits into a new file: set, velocity, shift by 7 ms, mute, remove, snap', async () => {
    const home = scratchFolder();
    const out = await skeleton(home);
    let number = 1;
    const edit = async (...flags: readonly string[]) => {
      const files = [
        '--grid_json',
        join(out, 'grid_1.json'),
        '--events_json',
        join(out, `event_grid_${number}.json`),
      ];
      expect(await backbeat(home, ['edit', ...flags, ...files, '--out', out])).toMatchObject({ code: 0 });
      number++;
      return EventGridSchema.parse(json(join(out, `event_grid_${number}.json`)));
    };
    const before = EventGridSchema.parse(json(join(out, 'event_grid_1.json')));
    const added = await edit('set', '--bar', '0', '--step', '7', '--role', 'CORE', '--velocity', '0.5');
    expect(added).toHaveLength(before.length + 1);
    const late = await edit('shift', '--ms', '7', '--role', 'ACCENT');
    for (const event of late.filter(each => each.role === 'ACCENT'))
      expect(event.micro_offset_ms).toBeCloseTo(7, 9);
    const soft = await edit('velocity', '--scale', '0.5', '--role', 'CORE', '--bar', '0', '--step', '7');
    expect(soft.find(event => event.step === 7 && event.role === 'CORE')?.vel).toBeCloseTo(0.25, 6);
    const muted = await edit('mute', '--role', 'MOTION');
    expect(muted.filter(event => event.muted).every(event => event.role === 'MOTION')).toBe(true);
    const removed = await edit('remove', '--bar', '0', '--step', '7', '--role', 'CORE');
    expect(removed).toHaveLength(before.length);
    const snapped = await edit('snap');
    expect(snapped.map(event => event.start)).toEqual(removed.map(event => event.start));
  });

  it('converts MIDI through its own pattern and refuses what is no MIDI', async () => {
    const home = scratchFolder();
    const out = await skeleton(home);
    const grids = ['--grid_json', join(out, 'grid_1.json'), '--events_json', join(out, 'event_grid_1.json')];
    expect(await backbeat(home, ['edit', 'export-midi', ...grids, '--out', out])).toMatchObject({ code: 0 });
    const bad = join(home, 'bad.mid');
    writeFileSync(bad, 'MThd but not really');
    const answer = await backbeat(home, [
      'midi',
      'convert',
      bad,
      join(out, 'notes_1.mid'),
      '--out',
      join(home, 'midi'),
    ]);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toMatch(/bad\.mid is not a valid MIDI file/);
    expect(statSync(join(home, 'midi', 'notes_1.mid')).size).toBeGreaterThan(100);
  });

  it('fails at once on a folder that cannot be written to', async () => {
    const home = scratchFolder();
    writeFileSync(join(home, 'file'), '');
    const answer = await backbeat(home, ['skeleton', '--bpm', '120', '--out', join(home, 'file', 'out')]);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toMatch(/Nothing can be written to/);
  });

  it('imports a model once its licence is accepted, knows it by its name, and removes it', async () => {
    const home = scratchFolder();
    const file = join(home, 'four.onnx');
    writeFileSync(file, onnxModel(waveformGraph({ gains: [0.4, 0.3, 0.2, 0.1] }, ['mix', 'stems'])));
    const inspected = await backbeat(home, ['models', 'inspect', file]);
    expect(inspected.stdout).toMatch(/contract C\nstems +drums, bass, other, vocals\n/);
    const refused = await backbeat(home, ['models', 'import', file, '--name', 'Mine']);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/scientific purposes[\s\S]*--accept_licence/);
    const named = ['models', 'import', file, '--name', 'Mine', '--accept-licence'];
    expect(await backbeat(home, named)).toMatchObject({ code: 0 });
    const unknown = await backbeat(home, ['separate', file, '--model', 'yours', '--out', 'out']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/--model is yours, but must be one of drum-stem, hpss, Mine \(\w{12}\)\./);
    expect(await backbeat(home, ['models', 'remove', 'mine'])).toMatchObject({ code: 0 });
    const listed = (await backbeat(home, ['models', 'list', '--json'])).stdout.trim().split('\n');
    const ids = listed.map(line => (JSON.parse(line) as { id: string }).id);
    expect(ids.slice(0, 2)).toEqual(['drum-stem', 'hpss']);
    expect(ids.filter(id => id.startsWith('user:'))).toEqual([]);
  });

  it('lists, and refuses to cancel, jobs by their id', async () => {
    const home = scratchFolder();
    await skeleton(home);
    const listed = await backbeat(home, ['jobs', 'list', '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject({ kind: 'step', state: 'done', title: 'Skeleton' });
    expect((await backbeat(home, ['jobs', 'cancel', 'no-such-job'])).code).toBe(2);
  });
});
