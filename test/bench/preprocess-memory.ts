// Peak memory of `backbeat preprocess` by the length of the file: SHORT and LONG minutes, made by repeating SONG.
//   npm run bench -- preprocess-memory SONG [5 60]
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const [song = 'assets/demo/first-light.mp3', short = '5', long = '60'] = process.argv.slice(2);
const root = mkdtempSync(join(tmpdir(), 'backbeat-bench-'));

/** Highest resident set of a process so far in MB, as Linux keeps it; 0 when it has ended or is about to. */
function peakMegabytes(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

async function measure(minutes: string): Promise<number> {
  const path = join(root, `${minutes}.flac`);
  const wav = join(root, 'once.wav');
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', resolve(song), '-ac', '2', '-ar', '44100', wav]);
  const loop = ['-stream_loop', '-1', '-i', wav, '-t', String(Number(minutes) * 60), path];
  execFileSync('ffmpeg', ['-v', 'error', ...loop]);
  const home = join(root, minutes);
  const begin = performance.now();
  const argv = ['dist/main/cli.js', 'preprocess', path, '--out', join(home, 'kit'), '--quiet'];
  const shell = spawn(process.execPath, argv, {
    env: { ...process.env, BACKBEAT_HOME: home },
    stdio: 'inherit',
  });
  let shellPeak = 0;
  let workerPeak = 0;
  while (shell.exitCode === null && shell.pid !== undefined) {
    shellPeak = Math.max(shellPeak, peakMegabytes(shell.pid));
    workerPeak = Math.max(workerPeak, ...childrenOf(shell.pid).map(peakMegabytes));
    await setTimeout(100);
  }
  const seconds = (performance.now() - begin) / 1000;
  const rate = ((Number(minutes) * 60) / seconds).toFixed(1);
  console.log(
    `${minutes} min: shell ${shellPeak.toFixed(0)} MB, worker ${workerPeak.toFixed(0)} MB, ${seconds.toFixed(0)} s (${rate}x real time)`,
  );
  return shellPeak + workerPeak;
}

try {
  const less = await measure(short);
  const more = await measure(long);
  console.log(`${long} min against ${short} min: ${(100 * (more / less - 1)).toFixed(1)} % more`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
