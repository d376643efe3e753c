import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openLibrary } from '#main/library';

const PREFIX = 'backbeat-demo-';
const DIST = join(import.meta.dirname, '../../dist/main');
const PATIENCE_MS = 240_000;

/**
 * A home of its own with the demo already in it. The demo is imported once a build, by the first test that asks; `start` runs the
 * studio on a home and answers how to end it.
 */
export async function demoHome(
  start: (home: string) => Promise<{ close(): Promise<void> }>,
): Promise<string> {
  const template = await preparedHome(start);
  const home = await mkdtemp(join(tmpdir(), 'backbeat-home-'));
  await cp(template, home, { recursive: true });
  return home;
}

async function preparedHome(start: (home: string) => Promise<{ close(): Promise<void> }>): Promise<string> {
  const template = join(tmpdir(), `${PREFIX}${await buildName()}`);
  const ready = `${template}.ready`;
  const lock = `${template}.lock`;
  for (const end = Date.now() + PATIENCE_MS; !existsSync(ready) && Date.now() < end; await pause(200)) {
    if (!(await hasMade(lock))) continue;
    try {
      await forgetFormerBuilds(basename(template));
      await rm(template, { recursive: true, force: true });
      await mkdir(template);
      const studio = await start(template);
      await demoIsIn(template);
      await studio.close();
      await writeFile(ready, '');
    } finally {
      await rm(lock, { recursive: true, force: true });
    }
  }
  if (!existsSync(ready)) throw new Error(`the demo was not imported within ${PATIENCE_MS / 1000} s`);
  return template;
}

/** Tells one build from another. */
async function buildName(): Promise<string> {
  const files = (await readdir(DIST)).filter(name => name.endsWith('.js')).sort();
  const times = await Promise.all(files.map(async name => (await stat(join(DIST, name))).mtimeMs));
  return Math.round(Math.max(...times)).toString(36);
}

/** One process makes the folder; for all others it is there already. */
const hasMade = (folder: string): Promise<boolean> =>
  mkdir(folder).then(
    () => true,
    () => false,
  );

async function forgetFormerBuilds(present: string): Promise<void> {
  for (const name of await readdir(tmpdir()))
    if (name.startsWith(PREFIX) && !name.startsWith(present))
      await rm(join(tmpdir(), name), { recursive: true, force: true });
}

async function demoIsIn(home: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(300)) {
    const opened = await openLibrary(home);
    if (!opened.ok) continue;
    const demo = await opened.value.settings.one('demo');
    await opened.value.close();
    if (demo !== null && demo !== undefined) return;
  }
  throw new Error('the demo never came into the library');
}
