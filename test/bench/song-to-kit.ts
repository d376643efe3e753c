// How long the whole line takes on a song of SECONDS, made by repeating SONG: read, separated, its hits found, cut and sorted into a
// kit, its beat found, a groove made and rendered. By stage, in seconds of the clock and of processors: on a busy machine only the
// latter tells.
//   npm run bench -- song-to-kit [SONG] [SECONDS] [SEPARATOR]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runWatched } from '#test/watched-process';

const [song = 'assets/demo/first-light.mp3', seconds = '180', separator = 'drum-stem'] =
  process.argv.slice(2);
const root = mkdtempSync(join(tmpdir(), 'backbeat-bench-'));
/** The gate: half of the song's length on two processors. */
const MOST_OF_LENGTH = 0.5;

try {
  const path = join(root, 'song.flac');
  const wav = join(root, 'once.wav');
  execFileSync('ffmpeg', ['-v', 'error', '-i', resolve(song), '-ac', '2', '-ar', '44100', wav]);
  execFileSync('ffmpeg', ['-v', 'error', '-stream_loop', '-1', '-i', wav, '-t', seconds, path]);
  const argv = ['dist/main/cli.js', 'run', path, '--model', separator, '--out', join(root, 'out'), '--json'];
  const run = await runWatched(argv, { BACKBEAT_HOME: join(root, 'home') });
  if (run.exitCode !== 0) throw new Error(`the line ended with ${run.exitCode}`);
  const length = Number(seconds);
  console.log(`${length} s of song, separated by ${separator}`);
  console.log(`${'stage'.padEnd(24)}${'wall s'.padStart(9)}${'processor s'.padStart(13)}`);
  for (const { stage, wall, processor } of [...run.stages].sort((a, b) => b.processor - a.processor)) {
    console.log(`${stage.padEnd(24)}${wall.toFixed(1).padStart(9)}${processor.toFixed(1).padStart(13)}`);
  }
  console.log(
    `${'all'.padEnd(24)}${run.wall.toFixed(1).padStart(9)}${run.processor.toFixed(1).padStart(13)}`,
  );
  console.log(
    `wall / length ${(run.wall / length).toFixed(3)}, processor / length ${(run.processor / length).toFixed(3)}, gate ${MOST_OF_LENGTH}`,
  );
} finally {
  rmSync(root, { recursive: true, force: true });
}
