// Peak memory of `backbeat preprocess` by the length of the file: SHORT and LONG minutes, made by repeating SONG.
//   npm run bench -- preprocess-memory [SONG] [5 60] [SEPARATOR]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runWatched } from '#test/watched-process';

const [song = 'assets/demo/first-light.mp3', short = '5', long = '60', separator = 'drum-stem'] =
  process.argv.slice(2);
const root = mkdtempSync(join(tmpdir(), 'backbeat-bench-'));

async function measure(minutes: string): Promise<number> {
  const path = join(root, `${minutes}.flac`);
  const wav = join(root, 'once.wav');
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', resolve(song), '-ac', '2', '-ar', '44100', wav]);
  const loop = ['-stream_loop', '-1', '-i', wav, '-t', String(Number(minutes) * 60), path];
  execFileSync('ffmpeg', ['-v', 'error', ...loop]);
  const home = join(root, minutes);
  const argv = [
    'dist/main/cli.js',
    'preprocess',
    path,
    '--model',
    separator,
    '--out',
    join(home, 'kit'),
    '--json',
  ];
  const { exitCode, peak, wall, processor } = await runWatched(argv, { BACKBEAT_HOME: home });
  if (exitCode !== 0) throw new Error(`preprocess ended with ${exitCode}`);
  const rate = ((Number(minutes) * 60) / wall).toFixed(1);
  console.log(
    `${minutes} min: shell ${peak.program.toFixed(0)} MB, worker ${peak.child.toFixed(0)} MB, ${wall.toFixed(0)} s (${rate}x real time), processor ${processor.toFixed(0)} s`,
  );
  rmSync(home, { recursive: true });
  return peak.program + peak.child;
}

try {
  const less = await measure(short);
  const more = await measure(long);
  console.log(`${long} min against ${short} min: ${(100 * (more / less - 1)).toFixed(1)} % more`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
