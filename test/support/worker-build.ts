import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'vite';
import packageJson from '../../package.json' with { type: 'json' };

const FOLDER = resolve('dist/test-worker');
const SOURCES = [
  'src-main/workers',
  'src-main/dataset',
  'src-main/pipeline',
  'src-main/inference',
  'src-main/platform',
  'src-main/search',
  'src-main/library',
  'src-shared',
  'test/support',
];

const newestIn = (folder: string): number =>
  Math.max(
    0,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
      .map(entry => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );

const timeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

async function buildScript(name: string, entry: string): Promise<void> {
  const external = [
    ...builtinModules,
    ...builtinModules.map(module => `node:${module}`),
    ...Object.keys(packageJson.dependencies),
  ];
  await build({
    configFile: false,
    root: resolve('.'),
    logLevel: 'error',
    resolve: { conditions: ['node', 'import', 'module', 'default'] },
    ssr: { noExternal: true, external },
    build: {
      ssr: true,
      target: 'node24',
      outDir: FOLDER,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input: { [name]: entry },
        external,
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: `${name}-chunks/[name]-[hash].js`,
        },
      },
    },
  });
}

/** A script of the tests, built when it is older than the sources; test files that run at once wait for each other. */
export async function builtScript(name: string, entry: string): Promise<string> {
  const script = join(FOLDER, `${name}.js`);
  const lock = join(FOLDER, `${name}.lock`);
  mkdirSync(FOLDER, { recursive: true });
  for (;;) {
    if (timeOf(script) > Math.max(...SOURCES.map(newestIn))) return script;
    try {
      mkdirSync(lock);
      break;
    } catch {
      if (Date.now() - timeOf(lock) > 60_000) rmdirSync(lock);
      await pause(100);
    }
  }
  try {
    await buildScript(name, entry);
    return script;
  } finally {
    rmdirSync(lock);
  }
}

/** The worker with all real stages and those of the tests. */
export const testWorker = (): Promise<string> => builtScript('worker', 'test/support/worker-main.ts');
