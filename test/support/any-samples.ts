import { join } from 'node:path';
import { writeWav } from '#main/platform';
import { Random } from '#shared/base';

const RATE = 44_100;
const AT_ONCE = 16;

export const SAMPLE_KINDS = ['kick', 'snare', 'closed hat', 'tom'] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];

export interface AnySample {
  /** Of the file, which tells nothing of what is in it. */
  readonly name: string;
  readonly kind: SampleKind;
  readonly seconds: number;
}

/** One stroke of 50 to 300 ms. */
function stroke(kind: SampleKind, seconds: number, random: Random): Float32Array {
  const samples = new Float32Array(Math.round(seconds * RATE));
  const constant = seconds / 5;
  const base = { kick: 48, snare: 190, 'closed hat': 0, tom: 110 }[kind] * random.between(0.9, 1.2);
  const noise = { kick: 0.03, snare: 0.7, 'closed hat': 1, tom: 0.05 }[kind];
  let phase = 0;
  let before = 0;
  for (let frame = 0; frame < samples.length; frame++) {
    const time = frame / RATE;
    const bend = kind === 'kick' ? 1 + 2.5 * Math.exp(-time / 0.018) : 1 + 0.2 * Math.exp(-time / 0.03);
    phase += (2 * Math.PI * base * bend) / RATE;
    const grain = random.between(-1, 1);
    // Differences of noise are bright.
    const hiss = kind === 'closed hat' ? grain - before : grain;
    before = grain;
    samples[frame] =
      0.8 *
      Math.exp(-time / constant) *
      ((1 - noise) * Math.sin(phase) + noise * hiss * (kind === 'kick' ? Math.exp(-time / 0.003) : 0.6));
  }
  return samples;
}

/** Writes `count` strokes into `folder`; equal numbers write equal files. */
export async function writeSamples(folder: string, count: number, seed = 1): Promise<readonly AnySample[]> {
  const random = Random.ofSeed(seed).fork('samples');
  const made = Array.from({ length: count }, (_, index) => ({
    name: `Take ${String(index + 1).padStart(4, '0')}`,
    kind: SAMPLE_KINDS[index % SAMPLE_KINDS.length] ?? 'kick',
    seconds: random.fork(index).between(0.05, 0.3),
  }));
  for (let first = 0; first < count; first += AT_ONCE)
    await Promise.all(
      made.slice(first, first + AT_ONCE).map(async ({ name, kind, seconds }) => {
        const channels = [stroke(kind, seconds, random.fork(name))];
        await writeWav(join(folder, `${name}.wav`), { sampleRate: RATE, channels }, '16');
      }),
    );
  return made;
}
