import { cpus } from 'node:os';
import { join } from 'node:path';
import { ROOT, run } from './run.mjs';

const script = (path, ...args) => ({ path: join(ROOT, 'node_modules', path), args });

/** What must hold before any test runs; each is one program that ends with 0. The longest first, as they run abreast. */
export const STATIC_CHECKS = [
  { name: 'types of the main side, tests and scripts', ...script('typescript/bin/tsc', '-p', '.') },
  { name: 'types of the window', ...script('typescript/bin/tsc', '-p', 'src-renderer') },
  { name: 'lint', ...script('oxlint/bin/oxlint', '--type-aware', '.') },
  { name: 'types of the shared side', ...script('typescript/bin/tsc', '-p', 'src-shared') },
  {
    name: 'boundaries between modules',
    ...script('dependency-cruiser/bin/dependency-cruiser.mjs', 'src-shared', 'src-main', 'src-renderer'),
  },
  { name: 'nothing unused', ...script('knip/bin/knip.js') },
  { name: 'format', ...script('@biomejs/biome/bin/biome', 'format', '.') },
];

const seconds = since => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs the checks, as many at a time as there are cores; prints each, answers how many passed and failed. */
export async function runChecks(node, checks) {
  const waiting = [...checks];
  let failed = 0;
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const start = performance.now();
      const { code, output } = await run(node, [check.path, ...check.args]);
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'}  ${check.name} (${seconds(start)})`);
      if (code !== 0) {
        failed++;
        console.log(output);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(cpus().length, 4)) }, work));
  return { passed: checks.length - failed, failed };
}
