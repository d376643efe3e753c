// `npm test`: everything that a change must satisfy, from a fresh clone. Plain Node >= 20 and built-in modules only,
// because it runs before anything is installed.
import { runChecks, STATIC_CHECKS } from './launch/checks.mjs';
import { ensurePrograms } from './launch/debian.mjs';
import { say, Trouble } from './launch/run.mjs';
import { runVitest } from './launch/run-vitest.mjs';
import { ensureBuilt, setUp } from './launch/set-up.mjs';

async function main() {
  await ensurePrograms();
  const node = await setUp();
  const checks = await runChecks(node, STATIC_CHECKS);
  await ensureBuilt(node);
  const tests = await runVitest(node, process.argv.slice(2));
  const skips = tests.skipped.length;
  if (skips > 0) {
    const why = process.env.BACKBEAT_DATA
      ? ''
      : ' (BACKBEAT_DATA names the folder of recordings, and is not set)';
    console.log(`\n${skips} skipped${why}:`);
    for (const name of tests.skipped) console.log(`  ${name}`);
  }
  const skipsFail = process.env.CI === 'true';
  if (skipsFail && skips > 0) console.log('In CI a skipped test is a failed one.');
  const failed = checks.failed + tests.failed + (skipsFail ? skips : 0);
  console.log(`\n${checks.passed + tests.passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  say(error.message);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
}
