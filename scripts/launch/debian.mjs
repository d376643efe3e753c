import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, say, Trouble } from './run.mjs';

/** What the tests judge our files with, and Debian's packages that hold it: the one list. */
export const NEEDED = [
  { program: 'chromium', package: 'chromium', use: 'end-to-end tests in a real browser' },
  { program: 'ffmpeg', package: 'ffmpeg', use: 'test files in every format; M4A' },
  { program: 'ffprobe', package: 'ffmpeg', use: 'reading back our MP3 files' },
  { program: 'sox', package: 'sox', use: 'reading back our WAV files' },
  { program: 'soxi', package: 'sox', use: 'reading back our WAV files' },
  { program: 'flac', package: 'flac', use: 'judging our FLAC files' },
  { program: 'fluidsynth', package: 'fluidsynth', use: 'drum one-shots whose instrument is known' },
  {
    file: '/usr/share/sounds/sf2/FluidR3_GM.sf2',
    package: 'fluid-soundfont-gm',
    use: 'drum one-shots whose instrument is known',
  },
  {
    program: 'redis-server',
    package: 'redis-server',
    use: 'datasets that several machines make',
  },
  { program: 'h2cli', package: 'hydrogen', use: 'hearing our MIDI files and kits in another program' },
  {
    file: '/usr/share/sounds/sf2/TimGM6mb.sf2',
    package: 'timgm6mb-soundfont',
    use: 'reading a SoundFont of others',
  },
];

const isInPath = program =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .some(folder => folder !== '' && existsSync(join(folder, program)));

const missing = () => NEEDED.filter(({ program, file }) => !(file ? existsSync(file) : isInPath(program)));

/** Installs what is missing where that is possible (root on Debian); says clearly what is missing where it is not. */
export async function ensurePrograms() {
  const wanted = missing();
  if (wanted.length === 0) return;
  const packages = [...new Set(wanted.map(one => one.package))];
  const isDebian = existsSync('/usr/bin/apt-get');
  if (isDebian && process.getuid?.() === 0) {
    say(`installing ${packages.join(', ')} with apt-get ...`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env });
    const { output } = await run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', ...packages],
      {
        env,
      },
    );
    if (missing().length > 0) console.log(output);
  }
  const still = missing();
  if (still.length === 0) return;
  const list = still.map(one => `  ${one.program ?? one.file} (${one.use})`).join('\n');
  const hint = isDebian ? `Run: sudo apt-get install ${packages.join(' ')}` : 'Install them, then try again.';
  throw new Trouble(`the tests need programs that are not on this machine:\n${list}\n${hint}`);
}
