import { ensureBuilt } from '../../scripts/launch/set-up.mjs';

/**
 * For projects that run the built program: builds it first where it is missing or older than its sources. While the
 * sources do not build, tests run on the last build that did; `npm test` stops before it comes to that.
 */
export async function setup(): Promise<void> {
  try {
    await ensureBuilt(process.execPath);
  } catch (error) {
    process.stderr.write(`${String(error)}\nRunning on the last build.\n`);
  }
}
