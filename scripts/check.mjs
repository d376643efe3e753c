// `npm run check`: what a change must satisfy, in under a minute: format, lint, types, boundaries, unit tests.
import { runChecks, STATIC_CHECKS } from './launch/checks.mjs';
import { say, Trouble } from './launch/run.mjs';
import { runVitest } from './launch/run-vitest.mjs';
import { setUp } from './launch/set-up.mjs';

try {
  const node = await setUp();
  const checks = await runChecks(node, STATIC_CHECKS);
  const tests = await runVitest(node, ['--project', 'unit']);
  const failed = checks.failed + tests.failed;
  console.log(`\n${checks.passed + tests.passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  say(error.message);
  process.exitCode = 1;
}
