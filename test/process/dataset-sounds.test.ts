import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  generalKitsOf,
  isStruck,
  loadOwnKits,
  notesWithoutKey,
  openSynth,
  performanceAudio,
  type SoundKit,
  SYNTH_RATE,
  type Synth,
} from '#main/dataset';
import { OnsetDetector } from '#shared/analysis';
import { composeSkeleton, SKELETON_DEFAULTS } from '#shared/compose';
import { grooveMaterial, type Performance } from '#shared/dataset';
import { scratchFolder } from '#test/cli';
import { pitchedFont } from '#test/pitched-font';
import { evidenceOf, exerciseOf, ownKits, SOUNDFONTS, strokeOf } from '#test/sounding-kits';
import { makeSoundfonts } from '../../scripts/soundfonts/make-soundfonts';

const SNARE = 38;
const GENERAL = '/usr/share/sounds/sf2/TimGM6mb.sf2';

let synth: Synth;
let kits: readonly SoundKit[];
beforeAll(async () => {
  ({ synth, kits } = await ownKits());
});

const kitNamed = (id: string): SoundKit => {
  const kit = kits.find(each => each.id === id);
  if (!kit) throw new RangeError(`no kit ${id}`);
  return kit;
};

const hashOf = (samples: Float32Array): string =>
  createHash('sha256')
    .update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
    .digest('hex');
const peakOf = (samples: Float32Array): number =>
  samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
const mono = (kit: SoundKit, performance: Performance): Float32Array =>
  performanceAudio(synth, kit, performance).channels[0] ?? new Float32Array(0);

/** Greatest correlation of two hits, both of power 1, one moved by up to 2 ms. */
function likeness(a: Float32Array, b: Float32Array): number {
  const power = (samples: Float32Array): number => samples.reduce((sum, value) => sum + value * value, 0);
  const scale = Math.sqrt(power(a) * power(b));
  let most = 0;
  for (let lag = -88; lag <= 88; lag++) {
    let sum = 0;
    for (let frame = Math.max(0, -lag); frame < Math.min(a.length, b.length - lag); frame++)
      sum += a[frame]! * b[frame + lag]!;
    most = Math.max(most, Math.abs(sum) / scale);
  }
  return most;
}

/** Whether a stroke stands in the ringing of one that was much harder, where a detector, not the label, is at its end. */
const isMasked = (stroke: Performance['strokes'][number], { strokes }: Performance): boolean =>
  strokes.some(
    ({ actual_time_ms, actual_velocity }) =>
      actual_time_ms < stroke.actual_time_ms &&
      actual_time_ms > stroke.actual_time_ms - 450 &&
      actual_velocity > 1.5 * stroke.actual_velocity,
  );

describe('our own fonts', () => {
  it('are what the script makes, byte for byte, and under 6 MB', async () => {
    const folder = scratchFolder();
    await makeSoundfonts(folder);
    const made = readdirSync(folder).sort();
    expect(made).toEqual(['drum-kit.sf2', 'manifest.json', 'marching-snare.sf2', 'practice-pad.sf2']);
    for (const file of made)
      expect(readFileSync(join(folder, file)).equals(readFileSync(join(SOUNDFONTS, file)))).toBe(true);
    expect(made.reduce((bytes, file) => bytes + statSync(join(SOUNDFONTS, file)).size, 0)).toBeLessThan(
      6_000_000,
    );
  });

  it('hold at least six kits with three takes each', () => {
    expect(new Set(kits.map(({ id }) => id)).size).toBe(kits.length);
    expect(kits.length).toBeGreaterThanOrEqual(6);
    for (const { programs } of kits) expect(programs.length).toBe(3);
  });

  it('have four layers or more on every key: the treble comes with force, not only the level', () => {
    for (const kit of kits)
      for (const { key } of kit.keys) {
        const [soft, hard] = [20, 120].map(
          velocity => evidenceOf(strokeOf(synth, kit, key, velocity)).centroid_oct,
        );
        expect([kit.id, key, (hard ?? 0) - (soft ?? 0) > 0]).toEqual([kit.id, key, true]);
        const shapes = new Set<string>();
        for (let velocity = 8; velocity <= 127; velocity += 7) {
          const stroke = strokeOf(synth, kit, key, velocity);
          const peak = peakOf(stroke);
          // Within a layer only the level changes: what is left of 40 frames is the same to a thousandth.
          shapes.add(Array.from(stroke.subarray(30, 70), value => Math.round((value / peak) * 40)).join());
        }
        expect([kit.id, key, shapes.size >= 4]).toEqual([kit.id, key, true]);
      }
  });

  it('have takes that differ as strokes of one hand do', () => {
    for (const kit of kits) {
      const takes = [0, 1, 2].map(take => strokeOf(synth, kit, SNARE, 90, take));
      for (const [a, b] of [
        [0, 1],
        [1, 2],
        [0, 2],
      ] as const) {
        const [first = new Float32Array(0), second = new Float32Array(0)] = [takes[a], takes[b]];
        expect(likeness(first, second)).toBeLessThan(0.99);
        expect(Math.abs(evidenceOf(first).centroid_oct - evidenceOf(second).centroid_oct)).toBeLessThan(0.6);
        expect(Math.abs(20 * Math.log10(peakOf(first) / peakOf(second)))).toBeLessThan(1.5);
      }
    }
  });

  it('answer velocity as FluidSynth does by itself: 40 log10 of it, within 1 dB', () => {
    for (const kit of kits) {
      const loudest = peakOf(strokeOf(synth, kit, SNARE, 127));
      for (const velocity of [20, 40, 80, 110])
        expect(20 * Math.log10(peakOf(strokeOf(synth, kit, SNARE, velocity)) / loudest)).toBeCloseTo(
          40 * Math.log10(velocity / 127),
          -0.3,
        );
    }
  });
});

describe('what was asked for is what sounds', () => {
  it('every snare of ours is struck: flatness of .002 and more, a fifth of the energy after 150 ms at most', () => {
    for (const kit of kits)
      for (const take of [0, 1, 2])
        for (const velocity of [30, 65, 120])
          expect([kit.id, take, velocity, isStruck(strokeOf(synth, kit, SNARE, velocity, take))]).toEqual([
            kit.id,
            take,
            velocity,
            true,
          ]);
  });

  it('no two kits sound alike', () => {
    for (const [index, a] of kits.entries())
      for (const b of kits.slice(index + 1))
        expect([
          a.id,
          b.id,
          likeness(strokeOf(synth, a, SNARE, 100), strokeOf(synth, b, SNARE, 100)) < 0.9,
        ]).toEqual([a.id, b.id, true]);
  });

  it('a string that is called a drum kit is found out', async () => {
    const font = await synth.load(pitchedFont(), 'strings.sf2');
    if (!font.ok) throw new Error('the font of the test is read');
    const [kit] = generalKitsOf(synth, font.value);
    expect(kit?.keys.map(({ note }) => note)).toEqual([SNARE]);
    expect(kit && isStruck(strokeOf(synth, kit, SNARE, 100))).toBe(false);
  });

  it.skipIf(!existsSync(GENERAL))(
    'so is the piano of a General MIDI font, whose drum kits pass',
    async () => {
      const font = await synth.load(readFileSync(GENERAL), GENERAL);
      if (!font.ok) throw new Error('the font is read');
      expect(
        isStruck(synth.voice({ font: font.value.sha256, bank: 0, program: 0, key: SNARE, velocity: 100 })),
      ).toBe(false);
      const general = generalKitsOf(synth, font.value);
      expect(general.length).toBeGreaterThan(4);
      for (const kit of general.slice(0, 4))
        expect([kit.name, isStruck(strokeOf(synth, kit, SNARE, 100))]).toEqual([kit.name, true]);
    },
  );

  it('with several fonts loaded, in any order, after whatever was played before', async () => {
    const other = await openSynth();
    await other.load(pitchedFont(), 'strings.sf2');
    for (const file of ['practice-pad.sf2', 'drum-kit.sf2', 'marching-snare.sf2'])
      await other.load(readFileSync(join(SOUNDFONTS, file)), file);
    const alone = kits.map(kit => hashOf(strokeOf(synth, kit, SNARE, 77)));
    const turned = kits.toReversed().map(kit => {
      strokeOf(other, kit, 37, 100);
      return hashOf(strokeOf(other, kit, SNARE, 77));
    });
    expect(turned.toReversed()).toEqual(alone);
    expect(new Set(alone).size).toBe(kits.length);
    other.close();
  });

  it('a preset or a font that is not there is a bug, never another sound', () => {
    const [kit] = kits;
    expect(() =>
      synth.voice({ font: kit?.font ?? '', bank: 128, program: 99, key: SNARE, velocity: 90 }),
    ).toThrow(/preset/);
    expect(() =>
      synth.voice({ font: 'f'.repeat(64), bank: 128, program: 0, key: SNARE, velocity: 90 }),
    ).toThrow(/loaded/);
  });
});

describe('a performance', () => {
  it('is the sum of its strokes, each on the frame of its actual time', () => {
    const [program = 0] = kitNamed('pad-laminate').programs;
    const kit = { ...kitNamed('pad-laminate'), programs: [program] };
    const performance = exerciseOf('flam');
    const heard = mono(kit, performance);
    expect(heard.length).toBe(Math.round((performance.duration_ms * SYNTH_RATE) / 1000));
    const rest = Float32Array.from(heard);
    for (const { actual_time_ms, actual_velocity, bounces } of performance.strokes)
      for (const { time_ms, velocity } of [
        { time_ms: actual_time_ms, velocity: actual_velocity },
        ...bounces,
      ]) {
        const frame = Math.round((time_ms * SYNTH_RATE) / 1000);
        strokeOf(synth, kit, SNARE, Math.max(1, Math.round(velocity))).forEach((value, at) => {
          if (frame + at < rest.length) rest[frame + at]! -= value;
        });
      }
    expect(peakOf(rest)).toBeLessThan(1e-5);
  });

  it('gives the same bytes again, on another synthesiser too, and other takes for another seed', async () => {
    const kit = kitNamed('marching-wires');
    const performance = exerciseOf('single_paradiddle');
    const first = hashOf(mono(kit, performance));
    expect(hashOf(mono(kit, performance))).toBe(first);
    const other = await ownKits();
    const [again] = performanceAudio(other.synth, kit, performance).channels;
    expect(again && hashOf(again)).toBe(first);
    other.synth.close();
    expect(hashOf(mono(kit, { ...performance, spec: { ...performance.spec, datasetSeed: 2 } }))).not.toBe(
      first,
    );
  });

  it('never plays a take twice in a row', () => {
    const kit = kitNamed('kit-studio');
    const performance = exerciseOf('single_stroke_roll');
    const even = performance.strokes.map((stroke, index) => ({
      ...stroke,
      actual_velocity: 100,
      actual_time_ms: 500 * index,
      bounces: [],
    }));
    const heard = mono(kit, { ...performance, strokes: even, duration_ms: 500 * even.length });
    const takes = [0, 1, 2].map(take => strokeOf(synth, kit, SNARE, 100, take).subarray(0, 400));
    const played = even.map((_, index) =>
      takes.findIndex(take =>
        take.every((value, at) => Math.abs(value - heard[22_050 * index + at]!) < 1e-6),
      ),
    );
    expect(played.every(take => take >= 0)).toBe(true);
    expect(new Set(played).size).toBe(3);
    played.forEach((take, index) => expect(take).not.toBe(played[index - 1]));
  });

  it('an open hat falls silent when the hat is closed', () => {
    const kit = kitNamed('kit-small');
    const performance = exerciseOf('flam');
    const [stroke] = performance.strokes;
    const hat = (note: number, actual_time_ms: number) => ({
      ...(stroke as NonNullable<typeof stroke>),
      note,
      actual_time_ms,
      actual_velocity: note === 46 ? 110 : 1,
      bounces: [],
    });
    const heard = (strokes: Performance['strokes']): Float32Array =>
      mono(kit, { ...performance, strokes, duration_ms: 1500 });
    const open = heard([hat(46, 100)]);
    const closed = heard([hat(46, 100), hat(42, 300)]);
    const from = (samples: Float32Array): number =>
      peakOf(samples.subarray(0.33 * SYNTH_RATE, 0.6 * SYNTH_RATE));
    expect(from(closed)).toBeLessThan(from(open) / 50);
    expect(closed.subarray(0, 0.29 * SYNTH_RATE)).toEqual(open.subarray(0, 0.29 * SYNTH_RATE));
  });

  it('of a groove finds every voice in a drum kit, and says which a pad lacks', () => {
    const material = grooveMaterial(composeSkeleton({ ...SKELETON_DEFAULTS, tempo: 100 }), 'groove');
    const performance = exerciseOf('flam', { material });
    expect(notesWithoutKey(kitNamed('kit-studio'), performance)).toEqual([]);
    expect(notesWithoutKey(kitNamed('pad-rubber'), performance)).toContain(36);
    expect(peakOf(mono(kitNamed('kit-studio'), performance))).toBeGreaterThan(0.1);
  });

  it('has its onsets where its labels are: median under 1 ms, 99 of 100 under 5 ms, on every kit', () => {
    const performances = [
      exerciseOf('single_stroke_roll'),
      exerciseOf('single_paradiddle', { tempo: 120 }),
      exerciseOf('double_stroke_open_roll', { tempo: 70 }),
    ];
    for (const kit of kits) {
      const errors = performances
        .flatMap(performance => {
          const samples = mono(kit, performance);
          const detector = new OnsetDetector({
            sampleRate: SYNTH_RATE,
            sensitivity: 0.8,
            peak: peakOf(samples),
          });
          const found = [...detector.push(samples), ...detector.finish()].map(
            ({ frame }) => frame / SYNTH_RATE,
          );
          return performance.strokes
            .filter(stroke => !isMasked(stroke, performance))
            .map(({ actual_time_ms }) =>
              Math.min(...found.map(time => Math.abs(time - actual_time_ms / 1000))),
            );
        })
        .sort((a, b) => a - b);
      expect(errors.length).toBeGreaterThan(90);
      const at = (share: number): number => errors[Math.floor(share * (errors.length - 1))] ?? Infinity;
      expect([kit.id, at(0.5) < 0.001, at(0.99) < 0.005]).toEqual([kit.id, true, true]);
    }
  });
});

describe('fonts that are none', () => {
  it('are refused with their name', async () => {
    const { ok } = await synth.load(Buffer.from('RIFF....sfbk, they say'), '/fonts/broken.sf2');
    expect(ok).toBe(false);
  });

  it('and so is a font of ours that has been changed', async () => {
    const folder = scratchFolder();
    for (const file of readdirSync(SOUNDFONTS))
      writeFileSync(join(folder, file), readFileSync(join(SOUNDFONTS, file)));
    const bytes = readFileSync(join(folder, 'practice-pad.sf2'));
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    writeFileSync(join(folder, 'practice-pad.sf2'), bytes);
    const loaded = await loadOwnKits(await openSynth(), folder);
    expect(loaded).toMatchObject({ ok: false, failure: { code: 'badFile' } });
  });
});
