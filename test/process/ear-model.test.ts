import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  ClapManifestSchema,
  clapContractOf,
  type Ear,
  knownVectors,
  openBundledEar,
  readManifest,
} from '#main/inference';
import { defaultPrompts } from '#main/pipeline/embed';
import { HitPainter, prepareHit, splitWords, textsOf, WordCounter } from '#shared/analysis';
import type { MonoAudio } from '#shared/model';

const FOLDER = join(import.meta.dirname, '../../native-models/drum-clap');
const numbers = z.array(z.number());
const reference = z
  .object({
    sounds: z.object({
      rate: z.number(),
      length: z.number(),
      bandStep: z.number(),
      tolerance: z.number(),
      of: z.array(
        z.object({
          made: z.string(),
          picturesOfFrame: z.record(z.string(), z.object({ wide: numbers, low: numbers })),
          embedding: numbers,
          instrument: numbers,
        }),
      ),
    }),
    texts: z.object({
      tolerance: z.number(),
      of: z.array(
        z.object({
          text: z.string(),
          split: z.array(z.string()),
          words: numbers,
          gramsOfFirst: numbers,
          embedding: numbers,
        }),
      ),
    }),
  })
  .parse(JSON.parse(readFileSync(join(FOLDER, 'reference.json'), 'utf8')));

/** The training code's own: "noise(n) = ((n * 1103515245 + 12345) mod 2147483648) / 1073741824 - 1". */
const noise = (n: number): number =>
  Number((BigInt(n) * 1103515245n + 12345n) & 0x7fffffffn) / 1073741824 - 1;
const FORMULAS: Readonly<Record<string, (n: number) => number>> = {
  'exp(-n / 6000) * sin(2 pi 55 n / 48000)': n =>
    Math.exp(-n / 6000) * Math.sin((2 * Math.PI * 55 * n) / 48000),
  'exp(-n / 4000) * (0.5 noise(n) + 0.5 sin(2 pi 190 n / 48000))': n =>
    Math.exp(-n / 4000) * (0.5 * noise(n) + 0.5 * Math.sin((2 * Math.PI * 190 * n) / 48000)),
  '0.5 exp(-n / 1500) * (noise(n) - noise(n - 1))': n =>
    0.5 * Math.exp(-n / 1500) * (noise(n) - noise(n - 1)),
};
const soundOf = (made: string): MonoAudio => {
  const formula = FORMULAS[made];
  if (!formula) throw new Error(`no formula for ${made}`);
  const { rate, length } = reference.sounds;
  return { sampleRate: rate, samples: Float32Array.from({ length }, (_, n) => formula(n)) };
};

const read = await readManifest(FOLDER, ClapManifestSchema);
if (!read.ok) throw new Error(JSON.stringify(read.failure));
const contract = clapContractOf(read.value);

const opened = await openBundledEar(FOLDER);
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const ear: Ear = opened.value;
afterAll(() => ear.close());

const farthest = (found: ArrayLike<number>, wanted: readonly number[]): number =>
  Math.max(...wanted.map((value, at) => Math.abs(value - (found[at] ?? Number.NaN))));

describe('the pictures that the ear is shown', () => {
  it.each(reference.sounds.of)(
    'are those of the training code within 0.02 dB: $made',
    ({ made, picturesOfFrame }) => {
      const painter = new HitPainter(contract.pictures);
      const hit = prepareHit(soundOf(made));
      if (!hit) throw new Error('silent');
      const painted = new Float32Array(painter.size);
      painter.paint(hit, painted);
      const { bands, frames } = contract.pictures;
      for (const [frame, pictures] of Object.entries(picturesOfFrame))
        for (const [index, wanted] of [pictures.wide, pictures.low].entries()) {
          const found = wanted.map(
            (_, step) =>
              painted[(index * bands + step * reference.sounds.bandStep) * frames + Number(frame)] ??
              Number.NaN,
          );
          expect(farthest(found, wanted)).toBeLessThan(0.02);
        }
    },
  );
});

describe('the bundled ear', () => {
  it('gives the vectors and the chances of the training code', async () => {
    const { tolerance, of } = reference.sounds;
    const { vectors, own } = await ear.hear(of.map(({ made }) => soundOf(made)));
    for (const [row, { embedding, instrument }] of of.entries()) {
      expect(farthest(vectors.subarray(row * ear.size, (row + 1) * ear.size), embedding)).toBeLessThan(
        tolerance,
      );
      const chances = contract.instruments.map(name => own[row]?.[name] ?? Number.NaN);
      expect(farthest(chances, instrument)).toBeLessThan(5 * tolerance);
    }
  });

  it('reads words as the training code does', async () => {
    const { tolerance, of } = reference.texts;
    const counter = new WordCounter(contract.words);
    const vectors = await ear.read(of.map(({ text }) => text));
    for (const [row, { text, split, words, gramsOfFirst, embedding }] of of.entries()) {
      expect(splitWords(text)).toEqual(split);
      const counted = counter.numbersOf([text]);
      expect(Array.from(counted.words.subarray(0, words.length))).toEqual(words);
      expect(Array.from(counted.grams.subarray(0, gramsOfFirst.length))).toEqual(gramsOfFirst);
      expect(farthest(vectors.subarray(row * ear.size, (row + 1) * ear.size), embedding)).toBeLessThan(
        tolerance,
      );
    }
  });

  it('hears a sound alike at 44.1 and 48 kHz, loud and soft, early and late in its file', async () => {
    const tone = (sampleRate: number, gain: number, lead: number): MonoAudio => ({
      sampleRate,
      samples: Float32Array.from({ length: sampleRate }, (_, frame) => {
        const time = frame / sampleRate - lead;
        return time < 0 ? 0 : gain * Math.exp(-8 * time) * Math.sin(2 * Math.PI * 180 * time);
      }),
    });
    const { vectors } = await ear.hear([tone(48000, 1, 0), tone(44100, 0.01, 0.25), tone(48000, 1, 0)]);
    const [first, second, third] = [0, 1, 2].map(row =>
      vectors.subarray(row * ear.size, (row + 1) * ear.size),
    );
    const dot = (a: Float32Array = new Float32Array(), b: Float32Array = new Float32Array()) =>
      a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
    expect(dot(first, second)).toBeGreaterThan(0.99);
    expect(dot(first, third)).toBeGreaterThan(0.9999);
  });

  it('has nothing to say of silence', async () => {
    const silence = { sampleRate: 48000, samples: new Float32Array(4800) };
    const { vectors, own } = await ear.hear([silence, soundOf(reference.sounds.of[0]?.made ?? '')]);
    expect(vectors.subarray(0, ear.size).every(value => value === 0)).toBe(true);
    expect(own[0]).toBeNull();
    expect(own[1]).not.toBeNull();
  });
});

describe('the texts that came with the ear', () => {
  it('are all that the bundled prompts ask for, as its text network reads them', async () => {
    const texts = textsOf(defaultPrompts());
    const known = await knownVectors(FOLDER, read.value.graphs.text.sha256, ear.size);
    expect(
      texts.filter(text => !known.has(text)),
      'run `npm run bench -- known-texts` after prompts.yaml or the model have changed',
    ).toEqual([]);
    const reading = await openBundledEar(FOLDER, { known: false });
    if (!reading.ok) throw new Error(JSON.stringify(reading.failure));
    const anew = await reading.value.read(texts);
    await reading.value.close();
    const before = await ear.read(texts);
    expect(farthest(before, Array.from(anew))).toBeLessThan(0.001);
  });
});
