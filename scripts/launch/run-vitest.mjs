import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run } from './run.mjs';

/** Counts of a JSON report of vitest. A file that could not be loaded counts as one failed test. */
export function readReport(report) {
  const tests = report.testResults.flatMap(file => file.assertionResults);
  const brokenFiles = report.testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
  );
  const count = status => tests.filter(test => test.status === status).length;
  return {
    passed: count('passed'),
    failed: count('failed') + brokenFiles.length,
    skipped: tests
      .filter(test => test.status !== 'passed' && test.status !== 'failed')
      .map(test => test.fullName.trim()),
  };
}

/** Runs vitest with `args`; answers passed, failed, and the skipped tests by name. */
export async function runVitest(node, args) {
  const folder = mkdtempSync(join(tmpdir(), 'backbeat-test-'));
  const file = join(folder, 'report.json');
  try {
    const { code } = await run(
      node,
      [
        join(ROOT, 'node_modules/vitest/vitest.mjs'),
        'run',
        ...args,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ],
      { show: true },
    );
    const counts = readReport(JSON.parse(readFileSync(file, 'utf8')));
    // Errors outside of any test (an unhandled rejection) fail the run without failing a test.
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch (error) {
    console.log(`vitest ended without a report: ${error.message}`);
    return { passed: 0, failed: 1, skipped: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
