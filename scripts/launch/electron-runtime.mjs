import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run, say } from './run.mjs';

const PACKAGE = join(ROOT, 'node_modules/electron');
const FETCH_SECONDS = 10;

/**
 * The Electron program, or null when it is not there. By looking at files only: importing `electron` outside of it
 * starts a download. `path.txt` is the last file that its installer writes, so half an unpacking does not count.
 */
export function findElectron(folder = PACKAGE, environment = process.env) {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const dist = environment.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
    if (readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '') !== version) return null;
    const program = join(dist, readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

export const hasDisplay = (platform = process.platform, environment = process.env) =>
  platform === 'darwin' ||
  platform === 'win32' ||
  Boolean(environment.DISPLAY) ||
  Boolean(environment.WAYLAND_DISPLAY);

/** The Electron program, fetched once if it is missing; null, after a line that says why, when there will be no window. */
export async function electronOrReason(node) {
  const present = findElectron();
  if (!hasDisplay()) {
    say('no display here, so no Electron window; the web host serves the studio.');
    return null;
  }
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    say('Electron does not run sandboxed as root; the web host serves the studio instead.');
    return null;
  }
  if (present) return present;
  await run(node, [join(PACKAGE, 'install.js')], { seconds: FETCH_SECONDS });
  const fetched = findElectron();
  if (!fetched) {
    say(
      `the Electron runtime is not installed and could not be fetched in ${FETCH_SECONDS} s; the web host serves the studio instead.`,
    );
  }
  return fetched;
}
