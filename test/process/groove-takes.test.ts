import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { keepWarm, performTake, type TakeContext } from '#main/inference';
import { forkWorker, openStageRunner } from '#main/jobs';
import { groovaeStage } from '#main/pipeline/groove';
import { transformerStage } from '#main/pipeline/transformer';
import { composeSkeleton, patternOfEvents, SKELETON_DEFAULTS } from '#shared/compose';
import { EventGridSchema, GridFileSchema, type Meter, type Pattern, PatternSchema } from '#shared/model';
import { type Take, type TakeInput, TakeSchema } from '#shared/protocol';
import { ticks } from '#shared/units';
import { anyPattern } from '#test/any-pattern';
import { folderIn, laidGroove } from '#test/groove-line';
import { aNote, aPattern, meter } from '#test/pattern';
import { readSmf } from '#test/read-smf';
import { filesOf, refOf } from '#test/stage-run';
import { breaches } from '#test/take-rules';
import { testWorker } from '#test/worker-build';

const manifest = (name: string): string => resolve('native-models', name, 'manifest.json');
const paths = {
  humaniser: manifest('groove-humanise'),
  tapper: manifest('groove-tap'),
  transformer: manifest('drum-transformer'),
};
const models = keepWarm();
afterAll(() => models.close());
const context: TakeContext = { models, manifests: paths, signal: new AbortController().signal };
const manifestRefs = async () => ({
  humaniser: await refOf(paths.humaniser),
  tapper: await refOf(paths.tapper),
  transformer: await refOf(paths.transformer),
});

const skeleton = (bars: number, inMeter: Meter = meter(4, 4)): Pattern =>
  composeSkeleton({ ...SKELETON_DEFAULTS, style: 'rock', tempo: 104, bars, meter: inMeter });

async function played(pattern: Pattern, asked: TakeInput): Promise<Pattern> {
  const made = await performTake(TakeSchema.parse(asked), pattern, context);
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
  return made.value;
}

const soundOf = ({ notes }: Pattern) =>
  notes.map(({ instrument, at, feel, velocity }) => ({ instrument, at, feel, velocity }));

describe('takes by the bundled models', () => {
  it('keep locks, regions, voices and playability', async () => {
    const kinds = ['new', 'continue', 'infill', 'vary', 'fill'] as const;
    const samples = fc.sample(anyPattern({ mostBars: 2, mostNotes: 20 }), { numRuns: 40, seed: 9 });
    for (const [index, pattern] of samples.entries()) {
      const take = TakeSchema.parse({
        kind: kinds[index % kinds.length],
        seed: index,
        voices: 1 + (index % 4),
        locked: index % 3 === 0 ? ['CORE'] : [],
        rows: index % 4 === 0 ? ['snare', 'chh', 'ht'] : null,
        count: 1,
        bar: 0,
      }) as Extract<Take, { kind: (typeof kinds)[number] }>;
      const made = await performTake(take, pattern, context);
      expect(made.ok ? breaches(take, pattern, made.value) : made.failure.code).toEqual(
        made.ok ? [] : 'cannotGenerate',
      );
    }
  });

  it('are the same in every process, and others for another seed or take', async () => {
    const script = await testWorker();
    const runners = [openStageRunner(forkWorker(script)), openStageRunner(forkWorker(script))];
    try {
      // As it comes through a worker's door, its fields in the schema's order.
      const pattern = PatternSchema.parse(skeleton(4));
      const asked: TakeInput[] = [
        { kind: 'new', seed: 3 },
        { kind: 'humanise', seed: 3 },
        { kind: 'tap', seed: 3, temperature: 1 },
      ];
      const refs = await manifestRefs();
      for (const each of asked) {
        const take = TakeSchema.parse(each);
        const here = await played(pattern, each);
        for (const runner of runners) {
          const there = await runner.run<{ pattern: Pattern }>('take', { take, pattern, manifests: refs });
          expect(JSON.stringify(there.pattern)).toBe(JSON.stringify(here));
        }
        expect(soundOf(await played(pattern, { ...each, take: 1 }))).not.toEqual(soundOf(here));
        expect(soundOf(await played(pattern, { ...each, seed: 4 }))).not.toEqual(soundOf(here));
      }
    } finally {
      for (const runner of runners) await runner.close();
    }
  });

  it('are all played when four are asked for at once of one process', async () => {
    const runner = openStageRunner(forkWorker(await testWorker()));
    try {
      const pattern = skeleton(1);
      const manifests = await manifestRefs();
      const takes = await Promise.all(
        [0, 1, 2, 3].map(number =>
          runner.run<{ pattern: Pattern }>('take', {
            take: TakeSchema.parse({ kind: 'humanise', seed: 1, take: number }),
            pattern,
            manifests,
          }),
        ),
      );
      expect(new Set(takes.map(take => JSON.stringify(take.pattern.notes))).size).toBe(4);
    } finally {
      await runner.close();
    }
  });

  it.each([
    ['7/8', meter(7, 8)],
    ['6/8', meter(6, 8)],
    ['5/4', meter(5, 4)],
  ])('go on in %s with strokes in every new bar', async (_, inMeter) => {
    const given = skeleton(2, inMeter);
    const made = await played(given, { kind: 'continue', count: 4, seed: 1 });
    expect(made.bars.length).toBe(6);
    const length = (inMeter.numerator * 3840) / inMeter.denominator;
    for (let bar = 2; bar < 6; bar++) {
      const inside = made.notes.filter(note => note.at >= bar * length && note.at < (bar + 1) * length);
      expect(inside.length).toBeGreaterThan(1);
    }
  });

  it('go on in triplets where the groove is in triplets', async () => {
    const triplets = Array.from({ length: 8 }, (_, beat) =>
      [0, 640].map(inside => aNote('ride', 0, { at: ticks(beat * 960 + inside) })),
    ).flat();
    const kicks = [0, 8, 16, 24].map(step => aNote('kick', step));
    const given = aPattern([...triplets, ...kicks], { bars: [meter(4, 4), meter(4, 4)] });
    const made = await played(given, { kind: 'continue', count: 2, seed: 2, style: 'jazz' });
    const fresh = made.notes.filter(note => note.at >= 2 * 3840);
    expect(fresh.length).toBeGreaterThan(8);
    expect(fresh.every(note => note.at % 320 === 0)).toBe(true);
  });

  it('come to the density that was asked for', async () => {
    const perBar = async (density: number): Promise<number> =>
      (await played({ ...skeleton(4), notes: [] }, { kind: 'new', seed: 5, density })).notes.length / 4;
    expect(await perBar(8)).toBeLessThan(11);
    expect(await perBar(24)).toBeGreaterThan(19);
  });

  it('write a long part in flat memory of the model, 64 bars', async () => {
    const made = await played({ ...skeleton(64), notes: [] }, { kind: 'new', seed: 6 });
    const bars = new Set(made.notes.map(note => Math.floor(note.at / 3840)));
    expect(bars.size).toBeGreaterThan(60);
  });
});

describe('the humaniser', () => {
  it('moves nothing at amount 0 and most at 1', async () => {
    const given = skeleton(2);
    expect(soundOf(await played(given, { kind: 'humanise', amount: 0 }))).toEqual(soundOf(given));
    const whole = await played(given, { kind: 'humanise', mode: 'tight', amount: 1 });
    const half = await played(given, { kind: 'humanise', mode: 'tight', amount: 0.5 });
    for (const [index, note] of half.notes.entries())
      expect(note.feel).toBeCloseTo((whole.notes[index]?.feel ?? 0) / 2, 6);
    expect(whole.notes.some(note => Math.abs(note.feel) > 5)).toBe(true);
  });

  it('morphs from the one groove to the other, exact at both ends', async () => {
    const [one, other] = [
      await played(skeleton(2), { kind: 'humanise', seed: 1 }),
      await played(composeSkeleton({ ...SKELETON_DEFAULTS, style: 'dense', tempo: 104, bars: 2 }), {
        kind: 'humanise',
        seed: 2,
      }),
    ];
    const at = (position: number): Promise<Pattern> =>
      played(one, { kind: 'morph', towards: other, position });
    expect(await at(0)).toEqual(one);
    const end = soundOf(await at(1));
    const wanted = soundOf(other);
    expect(end.map(note => [note.instrument, note.at])).toEqual(
      wanted.map(note => [note.instrument, note.at]),
    );
    for (const [index, note] of end.entries()) {
      expect(note.feel).toBeCloseTo(wanted[index]?.feel ?? Number.NaN, 3);
      expect(note.velocity).toBeCloseTo(wanted[index]?.velocity ?? Number.NaN, 4);
    }
    const middle = await at(0.5);
    expect(soundOf(middle)).not.toEqual(soundOf(one));
    expect(soundOf(middle)).not.toEqual(wanted);
  });

  it('plays a groove once more as it is at temperature 0', async () => {
    const given = await played(skeleton(2), { kind: 'humanise', seed: 1 });
    const again = await played(given, { kind: 'regroove', temperature: 0 });
    for (const [index, note] of again.notes.entries()) {
      expect(note.feel).toBeCloseTo(given.notes[index]?.feel ?? Number.NaN, 3);
      expect(note.velocity).toBeCloseTo(given.notes[index]?.velocity ?? Number.NaN, 4);
    }
    expect(soundOf(await played(given, { kind: 'regroove', temperature: 1 }))).not.toEqual(soundOf(given));
  });
});

describe('the stages of the seeds’ models', () => {
  it('transformer: MIDI and events say the same, and more bars have a grid of their own', async () => {
    const { root, grid, skeleton: events, pools } = await laidGroove();
    const take = TakeSchema.parse({ kind: 'continue', count: 2, seed: 1 });
    const input = { engine: 'drum-transformer', grid, events, pools, take, manifests: await manifestRefs() };
    const { files } = await filesOf(transformerStage, folderIn(root, 'continued'), input);
    const newGrid = GridFileSchema.parse(JSON.parse(await readFile(files['grid']?.path ?? '', 'utf8')));
    expect(newGrid.num_bars).toBe(6);
    const made = EventGridSchema.parse(JSON.parse(await readFile(files['eventGrid']?.path ?? '', 'utf8')));
    expect(made.some(event => event.bar > 3)).toBe(true);
    const midi = readSmf(await readFile(files['midi']?.path ?? ''));
    expect(midi.notes.length).toBe(made.length);
    const starts = midi.notes.map(note => note.seconds).sort((a, b) => a - b);
    const wanted = made.map(event => event.start).sort((a, b) => a - b);
    for (const [index, start] of starts.entries()) expect(start).toBeCloseTo(wanted[index] ?? Number.NaN, 6);
  });

  it('groovae: the skeleton’s strokes and samples stay, played with feel', async () => {
    const { root, grid, skeleton: events, pools } = await laidGroove();
    const take = TakeSchema.parse({ kind: 'humanise', seed: 1 });
    const { files } = await filesOf(groovaeStage, folderIn(root, 'groovae'), {
      grid,
      events,
      pools,
      take,
      manifests: await manifestRefs(),
    });
    const patternIn = async (path: string): Promise<Pattern> =>
      patternOfEvents(
        GridFileSchema.parse(JSON.parse(await readFile(grid.path, 'utf8'))),
        EventGridSchema.parse(JSON.parse(await readFile(path, 'utf8'))),
      );
    const [given, made] = [
      await patternIn(events.path),
      await patternIn(join(files['eventGrid']?.path ?? '')),
    ];
    const written = ({ notes }: Pattern) => notes.map(({ id, at, hit }) => ({ id, at, hit }));
    expect(written(made)).toEqual(written(given));
    expect(made.notes.filter(note => note.feel !== 0).length).toBeGreaterThan(made.notes.length / 2);
  });
});
