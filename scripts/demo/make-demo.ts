import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeMp3, writeFileWhole, writeWav } from '#main/platform';
import { Random } from '#shared/base';
import { INSTRUMENT_FACTS, type Instrument } from '#shared/model';
import { DEMO_INSTRUMENTS, softStrike, strike } from './drums';
import { demoGrooves } from './grooves';
import { demoSong } from './song';
import { SAMPLE_RATE } from './synthesis';

export const DEMO_NAME = 'First Light';

/** Instruments that are played often get soft strokes too and several takes of each, so that repetition sounds played. */
const isPlayedOften = (instrument: Instrument): boolean => ['kick', 'snare', 'chh'].includes(instrument);
const LOUD_TAKES = 3;
const SOFT_TAKES = 2;
/** Velocities up to this are played by soft strokes. */
const SOFT_UP_TO = 72;

/** Writes the bundled demo to `folder`: song, one-shots with `kit.json`, and `grooves.json`. Same bytes at every run. */
export async function makeDemo(folder: string): Promise<void> {
  const random = Random.ofSeed('first light');
  await mkdir(join(folder, 'kit'), { recursive: true });
  await writeSong(random, join(folder, 'first-light.mp3'));
  const pads = [];
  for (const instrument of DEMO_INSTRUMENTS) {
    const write = async (name: string, count: number, voice: typeof strike): Promise<string[]> => {
      const files: string[] = [];
      for (let take = 0; take < count; take++) {
        const file = `${name}-${take + 1}.wav`;
        const channels = [voice(instrument, take, random.fork('kit'))];
        await writeWav(join(folder, 'kit', file), { sampleRate: SAMPLE_RATE, channels }, '16');
        files.push(file);
      }
      return files;
    };
    const isOften = isPlayedOften(instrument);
    const loud = await write(instrument, isOften ? LOUD_TAKES : 1, strike);
    const soft = isOften ? await write(`${instrument}-soft`, SOFT_TAKES, softStrike) : [];
    const layers = isOften
      ? [
          { upTo: SOFT_UP_TO, files: soft },
          { upTo: 127, files: loud },
        ]
      : [];
    const { name, role, note, choke } = INSTRUMENT_FACTS[instrument];
    pads.push({ name, instrument, role, note, choke, files: [...loud, ...soft], layers });
  }
  const kit = { name: `${DEMO_NAME} kit`, sampleRate: SAMPLE_RATE, pads };
  await writeFileWhole(join(folder, 'kit', 'kit.json'), `${JSON.stringify(kit, null, 2)}\n`);
  await writeFileWhole(
    join(folder, 'grooves.json'),
    `${JSON.stringify(demoGrooves(random.fork('drums')), null, 1)}\n`,
  );
}

async function writeSong(random: Random, path: string): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'backbeat-demo-'));
  try {
    const wav = join(scratch, 'song.wav');
    await writeWav(wav, demoSong(random), '24');
    const encoded = await encodeMp3(wav, path, { kilobits: 192, signal: new AbortController().signal });
    if (!encoded.ok) throw new Error(`the demo song could not be encoded: ${encoded.failure.code}`);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
