import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHumaniser, openTapper, openTransformer } from '#main/inference';
import {
  BAR_CELLS,
  CLASS_COUNT,
  type Humaniser,
  STEP_FEATURES,
  type StepModel,
  TAP_NUMBERS,
  type Tapper,
  WINDOW_CELLS,
  WORDS,
  writeFeatures,
} from '#shared/compose';
import { explain } from '#shared/protocol';

const folder = join(import.meta.dirname, '../../native-models');
const manifest = (name: string): string => join(folder, name, 'manifest.json');
const referenceOf = async <Reference>(name: string): Promise<Reference> =>
  JSON.parse(await readFile(join(folder, name, 'reference.json'), 'utf8')) as Reference;

/** Tempo of a reference's condition. */
const tempoOf = (condition: readonly number[]): number => (condition[0] ?? 0) * 40 + 110;

const largest = (found: ArrayLike<number>, wanted: readonly number[]): number =>
  wanted.reduce((most, value, index) => Math.max(most, Math.abs(value - (found[index] ?? Number.NaN))), 0);

let models: { humaniser: Humaniser; tapper: Tapper; transformer: StepModel; close(): Promise<void> };
beforeAll(async () => {
  const [humaniser, tapper, transformer] = [
    await openHumaniser(manifest('groove-humanise')),
    await openTapper(manifest('groove-tap')),
    await openTransformer(manifest('drum-transformer')),
  ];
  for (const each of [humaniser, tapper, transformer]) if (!each.ok) throw new Error(explain(each.failure));
  if (!humaniser.ok || !tapper.ok || !transformer.ok) throw new Error('unreachable');
  models = {
    humaniser: humaniser.value,
    tapper: tapper.value,
    transformer: transformer.value,
    async close() {
      await humaniser.value.close();
      await tapper.value.close();
      await transformer.value.close();
    },
  };
});
afterAll(() => models.close());

describe('the bundled groove models give what their training code gives', () => {
  it('the humaniser, velocities and offsets of a window', async () => {
    const reference = await referenceOf<{
      hits: [number, number][];
      condition: number[];
      style: number;
      tolerance: number;
      velocity: number[];
      offset: number[];
    }>('groove-humanise');
    const hits = new Float32Array(WINDOW_CELLS * CLASS_COUNT);
    const places = reference.hits.map(([step, index]) => step * CLASS_COUNT + index);
    for (const place of places) hits[place] = 1;
    const tempos = [tempoOf(reference.condition)];
    const windows = { count: 1, hits, tempos, fills: [false], style: reference.style };
    const { velocities, offsets } = await models.humaniser.tight(windows);
    const at = (values: Float32Array): number[] => places.map(place => values[place] ?? Number.NaN);
    expect(largest(at(velocities), reference.velocity)).toBeLessThan(reference.tolerance);
    expect(largest(at(offsets), reference.offset)).toBeLessThan(reference.tolerance);
  });

  it('tap-to-drums, chances, velocities and offsets of a window', async () => {
    const reference = await referenceOf<{
      taps: number[][];
      condition: number[];
      style: number;
      tolerance: number;
      chance: number[][];
      velocity: number[][];
      offset: number[][];
    }>('groove-tap');
    // The stored offsets are the network's own input: doubled already.
    const taps = Float32Array.from(reference.taps.flat());
    expect(taps.length).toBe(WINDOW_CELLS * TAP_NUMBERS);
    const tempos = [tempoOf(reference.condition)];
    const answer = await models.tapper.play({ count: 1, taps, tempos, style: reference.style });
    expect(largest(answer.chances, reference.chance.flat())).toBeLessThan(reference.tolerance);
    expect(largest(answer.velocities, reference.velocity.flat())).toBeLessThan(reference.tolerance);
    expect(largest(answer.offsets, reference.offset.flat())).toBeLessThan(reference.tolerance);
  });

  it('the transformer, features and log chances, read at once and gone on with step by step', async () => {
    const reference = await referenceOf<{
      words: number[];
      controls: { style: number; bpm: number; density: number; fillBars: number[] };
      knownFrom: number;
      tolerance: number;
      row: number;
      features: number[];
      logChances: number[];
    }>('drum-transformer');
    const { controls, knownFrom, row, tolerance } = reference;
    const words = Uint16Array.from(reference.words);
    const features = new Float32Array(words.length * STEP_FEATURES);
    const rowOf = (step: number): Float32Array =>
      features.subarray(step * STEP_FEATURES, (step + 1) * STEP_FEATURES);
    for (const step of words.keys()) {
      writeFeatures(
        rowOf(step),
        {
          first: 0,
          words,
          knownFrom,
          controls: {
            style: controls.style,
            tempo: controls.bpm,
            density: controls.density,
            fillBars: controls.fillBars.map(fill => fill === 1),
          },
        },
        step,
      );
    }
    expect(largest(rowOf(row), reference.features)).toBeLessThan(1e-5);
    const { transformer } = models;
    transformer.begin();
    const whole = (await transformer.goOn(features)).subarray(row * WORDS, (row + 1) * WORDS);
    expect(largest(whole, reference.logChances)).toBeLessThan(tolerance);
    transformer.begin();
    await transformer.goOn(features.subarray(0, BAR_CELLS * STEP_FEATURES));
    let last = new Float32Array();
    for (let step = BAR_CELLS; step <= row; step++)
      last = Float32Array.from(await transformer.goOn(rowOf(step)));
    expect(largest(last, reference.logChances)).toBeLessThan(tolerance);
  });
});
