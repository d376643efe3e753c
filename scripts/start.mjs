// `npm start [-- SONG] [--out FOLDER]`: the whole line from a fresh clone. Plain Node >= 20 and built-in modules only, because it
// runs before anything is installed.
import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { basename, extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { electronOrReason, hasDisplay } from './launch/electron-runtime.mjs';
import { ROOT, run, say, Trouble } from './launch/run.mjs';
import { ensureBuilt, setUp } from './launch/set-up.mjs';

const DEMO_SONG = join(ROOT, 'assets/demo/first-light.mp3');
const CANCELLED = 130;

/** Tells where the files lie that a musician looks for first, among all that the line printed. */
function tellFiles(paths, out) {
  const mp3 = paths.find(path => path.endsWith('.mp3'));
  const midi = paths.find(path => /^notes_\d+\.mid$/.test(basename(path)));
  if (mp3) {
    const name = mp3.slice(0, -'.mp3'.length);
    say(`WAV    ${name}.wav`);
    say(`MP3    ${mp3}`);
    say(`stems  ${name}_stems`);
  }
  if (midi) say(`MIDI   ${midi}`);
  say(`the kit, grids and layers are in ${out}`);
}

/** Runs the whole line on the song; answers whether it made a project to open. */
async function runLine(node, song, out) {
  say(`running the whole line on ${song}`);
  const paths = [];
  const { code } = await run(node, [join(ROOT, 'dist/main/cli.js'), 'run', song, '--out', out], {
    show: true,
    onLine: line => paths.push(line),
  });
  if (code === CANCELLED) process.exit(CANCELLED);
  if (code === 0) {
    tellFiles(paths, out);
    return true;
  }
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
  const { values, positionals } = parseArgs({
    options: { out: { type: 'string' } },
    allowPositionals: true,
  });
  const from = path => resolve(process.env.INIT_CWD ?? process.cwd(), path);
  const song = positionals[0] === undefined ? DEMO_SONG : from(positionals[0]);
  const out = values.out === undefined ? join(ROOT, 'out', basename(song, extname(song))) : from(values.out);
  if (!existsSync(song)) throw new Trouble(`${song} is not there. Check the path, then try again.`);
  const node = await setUp();
  await ensureBuilt(node);
  const { code } = await openStudio(node, await runLine(node, song, out));
  process.exitCode = code === CANCELLED ? 0 : code;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  say(error.message);
  process.exitCode = 1;
}
