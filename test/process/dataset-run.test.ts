import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';
import toneMidi from '@tonejs/midi';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { hasProgram, runTool } from '#test/audio-files';
import { backbeat, scratchFolder, suiteFolder } from '#test/cli';

const CONFIG = `
num_profiles: 8
tempos_per_rudiment: 1
num_cycles_per_sample: 1
rudiments: [flam_tap, five_stroke_roll, single_drag_tap]
augmentation_presets: [practice_room, lo_fi]
seed: 7
`;
const SAMPLES = 24;
const PARTS = 6;

const ResultSchema = z.object({
  states: z.array(z.string()),
  samples: z.number(),
  made: z.number(),
  manifest_sha256: z.string().nullable(),
});
type Result = z.infer<typeof ResultSchema>;
const resultOf = (stdout: string): Result =>
  ResultSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));

const home = suiteFolder();
const config = join(home, 'config.yaml');
writeFileSync(config, CONFIG);

const generating = (out: string, workers: number): string[] => [
  'dataset',
  'generate',
  `--config=${config}`,
  '--name=same',
  `--out=${out}`,
  `--workers=${workers}`,
  '--json',
];

async function generated(workers: number): Promise<Result> {
  const at = scratchFolder();
  const { code, stdout, stderr } = await backbeat(at, generating(join(at, 'out'), workers));
  expect([code, stderr]).toEqual([0, '']);
  return resultOf(stdout);
}

/** `dataset generate` under way, with what it has said so far. */
function begun(at: string, argv: readonly string[]) {
  const child = spawn(process.execPath, [resolve('dist/main/cli.js'), ...argv], {
    cwd: at,
    env: { ...process.env, BACKBEAT_HOME: at },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  const closed = once(child, 'close') as Promise<[number | null]>;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', line => (said += `${line}\n`));
  return { child, closed, said: () => said };
}

const partsIn = (out: string): string[] => {
  const folder = join(out, '.run/parts');
  return existsSync(folder) ? readdirSync(folder).filter(name => name.startsWith('part-')) : [];
};

/** Waits until some parts are there, and others are not. */
async function untilSome(out: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (partsIn(out).length >= 2) return;
    expect(child.exitCode).toBeNull();
    await new Promise(later => setTimeout(later, 20));
  }
}

/** Inodes of the files of these parts: a file that is made again is another one. */
const filesOf = (out: string, parts: readonly string[]): Map<string, number> =>
  new Map(
    parts.flatMap(part =>
      readdirSync(join(out, '.run/parts', part), { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile() && /\.(flac|mid)$/.test(entry.name))
        .map(entry => {
          const path = join(entry.parentPath, entry.name);
          return [path.slice(join(out, '.run/parts', part).length + 1), statSync(path).ino] as const;
        }),
    ),
  );

const childrenOf = (pid: number): number[] =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/)
    .map(Number)
    .filter(child => child > 0);

describe('a run of the dataset generator', () => {
  let wanted: Result;
  beforeAll(async () => {
    const out = join(home, 'first');
    const { code, stdout, stderr } = await backbeat(home, generating(out, 1));
    if (code !== 0) throw new Error(stderr);
    wanted = resultOf(stdout);
  }, 120_000);

  it('makes a whole dataset, leaves nothing beside it, and names it by its manifest', () => {
    const out = join(home, 'first');
    expect(wanted).toMatchObject({ states: ['done'], samples: SAMPLES, made: SAMPLES });
    expect(readdirSync(out).toSorted()).toEqual(
      ['README.md', 'audio', 'index.json', 'labels', 'manifest.json', 'midi', 'splits.json'].toSorted(),
    );
    const hash = createHash('sha256')
      .update(readFileSync(join(out, 'manifest.json')))
      .digest('hex');
    expect(wanted.manifest_sha256).toBe(hash);
  });

  it.skipIf(!hasProgram('flac'))('has FLAC and MIDI that other programs read', () => {
    const out = join(home, 'first');
    const files = readdirSync(out, { recursive: true, encoding: 'utf8' });
    const flac = files.filter(path => path.endsWith('.flac'));
    expect(flac.length).toBe(SAMPLES);
    for (const path of flac) runTool('flac', '-t', '-s', '--warnings-as-errors', join(out, path));
    for (const path of files.filter(each => each.endsWith('.mid'))) {
      const { tracks } = new toneMidi.Midi(readFileSync(join(out, path)));
      expect(tracks.flatMap(({ notes }) => notes).length).toBeGreaterThan(2);
    }
  });

  it('makes 1,200 samples that DuckDB reads, every row joined to its sample', async () => {
    const at = scratchFolder();
    const out = join(at, 'out');
    const argv = [...generating(out, 1), '--profiles=400', '--no-audio'];
    const { code, stdout } = await backbeat(at, argv);
    expect([code, resultOf(stdout).made]).toEqual([0, 1200]);
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const table = (name: string): string => `'${join(out, `labels/${name}.parquet`)}'`;
    const found =
      await connection.runAndReadAll(`SELECT count(*)::INT AS samples, sum(num_strokes)::INT AS said,
      (SELECT count(*)::INT FROM ${table('strokes')} JOIN ${table('samples')} USING (sample_id)) AS had,
      (SELECT count(*)::INT FROM ${table('exercises')}) AS exercises FROM ${table('samples')}`);
    connection.closeSync();
    const [row] = found.getRowObjectsJson();
    expect(row).toMatchObject({ samples: 1200, exercises: 1200, had: row?.['said'] });
    expect(readdirSync(out)).not.toContain('audio');
  });

  it('gives the same bytes with 8 workers, in a process and a library of its own', async () => {
    expect((await generated(8)).manifest_sha256).toBe(wanted.manifest_sha256);
  });

  it('goes on after its shell was killed: what is damaged is made again, no other part twice, to the same bytes', async () => {
    const at = scratchFolder();
    const out = join(at, 'out');
    const run = begun(at, generating(out, 1));
    await untilSome(out, run.child);
    run.child.kill('SIGKILL');
    await run.closed;
    const [first = '', ...found] = partsIn(out).toSorted();
    expect(found.length).toBeLessThan(PARTS - 1);
    expect(existsSync(join(out, 'manifest.json'))).toBe(false);
    // What a writer leaves that dies in the middle of a part.
    writeFileSync(join(out, '.run/parts/.part-000005.0123456789ab.part'), 'torn');
    const before = filesOf(out, found);
    expect(before.size).toBeGreaterThan(0);
    const [file = ''] = filesOf(out, [first]).keys();
    writeFileSync(join(out, '.run/parts', first, file), 'damaged');
    const { code, stdout, stderr } = await backbeat(at, ['dataset', 'resume', '1', '--json']);
    expect(stderr).toMatch(/^backbeat: Part 0 was damaged after it was made, and is made again\.\n$/);
    expect(code).toBe(0);
    expect(resultOf(stdout).manifest_sha256).toBe(wanted.manifest_sha256);
    for (const [path, inode] of before) expect([path, statSync(join(out, path)).ino]).toEqual([path, inode]);
    expect(existsSync(join(out, '.run'))).toBe(false);
  });

  it('makes the part of a worker that was killed again, and gives the same bytes', async () => {
    const at = scratchFolder();
    const out = join(at, 'out');
    const run = begun(at, generating(out, 2));
    await untilSome(out, run.child);
    for (const pid of childrenOf(run.child.pid ?? 0)) process.kill(pid, 'SIGKILL');
    expect(await run.closed).toEqual([0, null]);
    expect(resultOf(run.said()).manifest_sha256).toBe(wanted.manifest_sha256);
  });

  it('pauses at the wish of another process, shows it, and goes on to the same bytes', async () => {
    const at = scratchFolder();
    const out = join(at, 'out');
    const run = begun(at, generating(out, 1));
    await untilSome(out, run.child);
    expect((await backbeat(at, ['dataset', 'pause', 'same'])).code).toBe(0);
    expect(await run.closed).toEqual([0, null]);
    const paused = resultOf(run.said());
    expect(paused).toMatchObject({ states: ['paused'], manifest_sha256: null });
    expect(paused.made).toBe(4 * partsIn(out).length);
    expect(paused.made).toBeLessThan(SAMPLES);
    const listed = await backbeat(at, ['dataset', 'runs', '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject({ run: 1, state: 'paused', made: paused.made });
    // The same command goes on with it as well as `resume` does.
    const { code, stdout } = await backbeat(at, generating(out, 2));
    expect(code).toBe(0);
    expect(resultOf(stdout).manifest_sha256).toBe(wanted.manifest_sha256);
  });

  it('takes the place of a finished dataset only when asked, and as a whole: with 2 workers and a library of its own, by the same bytes', async () => {
    const out = join(home, 'first');
    const at = scratchFolder();
    const again = (...more: string[]) => backbeat(at, [...generating(out, 2), ...more]);
    const refused = await again();
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/a finished dataset is there.*overwritten/),
    ]);
    const before = statSync(join(out, 'manifest.json')).ino;
    const { code, stdout } = await again('--overwrite');
    expect(code).toBe(0);
    expect(resultOf(stdout).manifest_sha256).toBe(wanted.manifest_sha256);
    expect(statSync(join(out, 'manifest.json')).ino).not.toBe(before);
    expect(readdirSync(home).filter(name => name.startsWith('.first'))).toEqual([]);
    expect(existsSync(join(out, '.run'))).toBe(false);
  });

  it('remakes a sample from its row alone and tells that it is the same', async () => {
    const out = join(home, 'first');
    const [slug = ''] = readdirSync(join(out, 'audio'));
    const [file = ''] = readdirSync(join(out, 'audio', slug));
    const flac = join(scratchFolder(), 'again.flac');
    const sample = file.replace(/\.flac$/, '');
    const { code, stdout } = await backbeat(home, [
      'dataset',
      'rebuild',
      out,
      sample,
      '--out',
      flac,
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ event: 'result', agrees: true });
    expect(readFileSync(flac).equals(readFileSync(join(out, 'audio', slug, file)))).toBe(true);
  });
});
