// `npm start [-- SONG]`: the whole line from a fresh clone. Plain Node >= 20 and built-in modules only, because it
// runs before anything is installed.
import { existsSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { spawn } from 'node:child_process';
import { electronOrReason, hasDisplay } from './launch/electron-runtime.mjs';
import { ROOT, run, say, Trouble } from './launch/run.mjs';
import { ensureBuilt, setUp } from './launch/set-up.mjs';

const DEMO_SONG = join(ROOT, 'assets/demo/first-light.mp3');
const CANCELLED = 130;

/** Runs the whole line on the song; answers whether it made a project to open. */
async function runLine(node, song) {
  const out = join(ROOT, 'out', basename(song, extname(song)));
  say(`running the whole line on ${song}`);
  const { code } = await run(node, [join(ROOT, 'dist/main/cli.js'), 'run', song, '--out', out], {
    show: true,
  });
  if (code === CANCELLED) process.exit(CANCELLED);
  if (code === 0) return true;
  say('the line was not finished; the studio opens without it.');
  return false;
}

function openBrowser(address) {
  const [command, ...args] = {
    darwin: ['open', address],
    win32: ['rundll32', 'url.dll,FileProtocolHandler', address],
  }[process.platform] ?? ['xdg-open', address];
  // Where there is no such program the printed address is enough.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

async function openStudio(node, hasProject) {
  const args = hasProject ? ['--open-latest'] : [];
  const electron = await electronOrReason(node);
  if (electron) {
    say('opening the studio; close its window to end.');
    return run(electron, [ROOT, ...args], { show: true });
  }
  return run(node, [join(ROOT, 'dist/main/host.js'), ...args], {
    show: true,
    onLine(line) {
      say(line);
      const [address] = /http:\S+/.exec(line) ?? [];
      if (!address) return;
      say('press Ctrl-C to end.');
      if (hasDisplay()) openBrowser(address);
    },
  });
}

async function main() {
  const [argument] = process.argv.slice(2);
  const song = argument === undefined ? DEMO_SONG : resolve(process.env.INIT_CWD ?? process.cwd(), argument);
  if (!existsSync(song)) throw new Trouble(`${song} is not there. Check the path, then try again.`);
  const node = await setUp();
  await ensureBuilt(node);
  const { code } = await openStudio(node, await runLine(node, song));
  process.exitCode = code === CANCELLED ? 0 : code;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  say(error.message);
  process.exitCode = 1;
}
