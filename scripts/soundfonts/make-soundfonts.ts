import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileWhole } from '#main/platform';
import { atRate } from '#shared/augment';
import { Random } from '#shared/base';
import { layOutSf2Bank, type Sf2Instrument, type Sf2Slot, type Sf2Zone, sf2Range } from '#shared/kit-formats';
import { framesOf, SAMPLE_RATE } from '../demo/synthesis';
import type { Stroke } from './drums';
import { FONTS, type Font, type FontKit, type KitKey } from './kits';

const TAKES = 3;
/** Frames of silence before each sound: a player's shortest attack would swallow its first. */
const LEAD = 96;
/** As the specification asks, section 6.1. */
const REST = 46;
/** A sound ends where it stays so far below its peak: -44 dB; its last part is faded, so that nothing is cut. */
const END_SHARE = 6.2e-3;
const FADE_SHARE = 0.4;
const LEAST_FADE_FRAMES = framesOf(0.03);
const STORED_PEAK = 0.95;
/** How hard a layer is struck: in the midst of its velocities. */
const forceOf = (layers: readonly number[], layer: number): number =>
  ((layers[layer - 1] ?? 0) + (layers[layer] ?? 127)) / 2 / 127;

/** Numbers of the specification, section 8.1.2; players take .4 of an attenuation. */
const GENERATOR = {
  pan: 17,
  release: 38,
  velocityRange: 44,
  attenuation: 48,
  sample: 53,
  modes: 54,
  scale: 56,
  exclusive: 57,
  root: 58,
};
const CENTIBELS = 10 / 0.4;
const LONGEST_RELEASE = 8000;
/** Velocity to level as players do by themselves, but no filter: layers tell what velocity does to the timbre. */
const MODULATORS = [
  [0x0502, GENERATOR.attenuation, 960],
  [0x0102, 8, 0],
] as const;

interface Stored {
  readonly name: string;
  readonly sampleRate: number;
  readonly samples: Float32Array;
}

/** Writes our fonts and `manifest.json` to `folder`: same bytes at every run. */
export async function makeSoundfonts(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const fonts = [];
  const kits = [];
  for (const font of FONTS) {
    const bytes = fontBytes(font);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await writeFileWhole(join(folder, font.file), bytes);
    fonts.push({ file: font.file, sha256, bytes: bytes.length });
    kits.push(...font.kits.map(kit => manifestOf(kit, sha256)));
  }
  const manifest = { licence: 'CC0-1.0', fonts, kits };
  await writeFileWhole(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

const manifestOf = ({ id, name, program, keys }: FontKit, font: string) => ({
  id,
  name,
  font,
  bank: 128,
  programs: Array.from({ length: TAKES }, (_, take) => program + take),
  keys: keys
    .flatMap(({ key, choke, alsoNotes }) => [key, ...alsoNotes].map(note => ({ note, key, choke })))
    .sort((a, b) => a.note - b.note),
});

function fontBytes({ name, kits }: Font): Buffer {
  const pool: Stored[] = [];
  const instruments: Sf2Instrument[] = [];
  const programs = kits.flatMap(kit =>
    Array.from({ length: TAKES }, (_, take) => ({
      name: `${kit.id} ${take + 1}`,
      program: kit.program + take,
      keys: kit.keys.map(key => {
        instruments.push({ name: `${kit.id} ${key.key} ${take + 1}`, zones: zonesOf(kit, key, take, pool) });
        return { key: key.key, instrument: instruments.length - 1 };
      }),
    })),
  );
  const slots = pool.map(
    ({ name: sound, samples }): Sf2Slot => ({
      sound,
      channel: 0,
      lead: LEAD,
      frames: samples.length,
      rest: REST,
    }),
  );
  const facts = pool.map(
    ({ name: sound, sampleRate, samples }) =>
      [sound, { name: sound, frames: samples.length, channelCount: 1, sampleRate }] as const,
  );
  const bank = {
    name,
    author: 'Backbeat',
    licence: 'CC0 1.0',
    comment: 'Synthesised by scripts/soundfonts',
    programs,
    instruments,
  };
  const layout = layOutSf2Bank(bank, slots, new Map(facts), false);
  return Buffer.concat([layout.head, ...pool.map(({ samples }) => wordsOf(samples)), layout.tail]);
}

function wordsOf(samples: Float32Array): Buffer {
  const words = Buffer.alloc(2 * (LEAD + samples.length + REST));
  samples.forEach((value, frame) =>
    words.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(value * 32_767))), 2 * (LEAD + frame)),
  );
  return words;
}

function zonesOf(kit: FontKit, key: KitKey, take: number, pool: Stored[]): readonly Sf2Zone[] {
  const global: Sf2Zone = {
    generators: [
      [GENERATOR.release, LONGEST_RELEASE],
      [GENERATOR.modes, 0],
      [GENERATOR.scale, 0],
      ...(key.choke === null ? [] : [[GENERATOR.exclusive, 1] as const]),
      [GENERATOR.root, key.key],
    ],
    modulators: MODULATORS,
  };
  const random = Random.ofSeed(`soundfont ${kit.id}`).fork(key.key, take);
  return [
    global,
    ...key.layers.flatMap((upTo, layer) => {
      const force = forceOf(key.layers, layer);
      const stroke = key.drum({ force, random: random.fork(layer) });
      const gain = 10 ** (key.decibels / 20) / peakOf(whole(stroke));
      const from = (key.layers[layer - 1] ?? -1) + 1;
      const sound = `${kit.id}/${key.key}`;
      const zone = (name: string, samples: Float32Array, level: number): Sf2Zone => {
        const stored = store(pool, name, samples, key.sampleRate);
        const decibels = 20 * Math.log10((level * gain * peakOf(samples)) / STORED_PEAK);
        return {
          generators: [
            [GENERATOR.velocityRange, sf2Range(from, upTo)],
            [GENERATOR.pan, 0],
            [GENERATOR.attenuation, Math.max(0, Math.round(-decibels * CENTIBELS))],
            [GENERATOR.sample, stored],
          ],
          modulators: [],
        };
      };
      const own = zone(`${sound}/${layer + 1}${'abc'[take]}`, stroke.own, 1);
      return stroke.tail ? [own, zone(`${sound}/tail`, stroke.tail.samples, stroke.tail.level)] : [own];
    }),
  ];
}

function whole({ own, tail }: Stroke): Float32Array {
  if (!tail) return own;
  const sum = new Float32Array(Math.max(own.length, tail.samples.length));
  sum.set(own);
  tail.samples.forEach((value, frame) => (sum[frame]! += tail.level * value));
  return sum;
}

const peakOf = (samples: Float32Array): number =>
  samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), 1e-9);

/** The place of a sound in the pool; a tail is there once for all strokes that have it. */
function store(pool: Stored[], name: string, samples: Float32Array, sampleRate: number): number {
  const known = pool.findIndex(stored => stored.name === name);
  if (known >= 0) return known;
  const peak = peakOf(samples);
  const end = samples.findLastIndex(value => Math.abs(value) > END_SHARE * peak) + 1;
  const fadeFrames = Math.min(end, Math.max(LEAST_FADE_FRAMES, Math.round(FADE_SHARE * end)));
  const kept = samples.slice(0, end).map((value, frame) => {
    const fade = 0.5 - 0.5 * Math.cos(Math.PI * Math.min(1, (end - frame) / fadeFrames));
    return (value * STORED_PEAK * fade) / peak;
  });
  const { channels } = atRate({ sampleRate: SAMPLE_RATE, channels: [kept] }, sampleRate);
  return pool.push({ name, sampleRate, samples: channels[0] ?? kept }) - 1;
}
