import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HitModel, openBundledHits } from '#main/inference';
import { type FoundStroke, PowerWindows, SoundingLevel, thresholdsAt } from '#shared/analysis';
import { explain } from '#shared/protocol';

const BUNDLED = join(import.meta.dirname, '../../native-models/drum-hits');
const RATE = 44_100;

interface Reference {
  readonly spectra: {
    readonly frames: number;
    readonly frame: number;
    readonly tolerance: number;
    readonly chance: readonly number[];
    readonly velocity: readonly number[];
    readonly offset: readonly number[];
  };
  readonly audio: {
    readonly strokes: readonly (readonly [seconds: number, kind: 'kick' | 'snare' | 'hat', gain: number])[];
    readonly gain: number;
    readonly bins: readonly number[];
    readonly longOfFrame: Readonly<Record<string, readonly number[]>>;
    readonly shortOfWindow: Readonly<Record<string, readonly number[]>>;
    readonly tolerance: number;
    readonly secondsTolerance: number;
    readonly hits: readonly {
      readonly seconds: number;
      readonly velocity: number;
      readonly chance: number;
    }[];
  };
}

/** The reference's audio, as reference.json says in words. */
function referenceAudio(strokes: Reference['audio']['strokes']): Float32Array {
  const noise = (n: number): number => {
    const state = (n * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state < 0 ? state + 2_147_483_648 : state) / 1_073_741_824 - 1;
  };
  const audio = new Float64Array(2 * RATE);
  for (const [seconds, kind, gain] of strokes) {
    const first = Math.round(seconds * RATE);
    for (let n = first; n < audio.length; n++) {
      const i = n - first;
      const tone = (hertz: number): number => Math.sin((2 * Math.PI * hertz * i) / RATE);
      if (kind === 'kick') audio[n]! += gain * Math.exp(-i / 4000) * tone(55);
      else if (kind === 'snare') audio[n]! += gain * Math.exp(-i / 3000) * (0.5 * noise(n) + 0.5 * tone(190));
      else audio[n]! += gain * Math.exp(-i / 900) * 0.5 * (noise(n) - noise(n - 1));
    }
  }
  return Float32Array.from(audio);
}

async function strokesIn(
  model: HitModel,
  audio: Float32Array,
  pieceFrames: number,
  segmentMoments = 3000,
  mix: Float32Array | null = null,
): Promise<FoundStroke[]> {
  const hearings = mix ? [audio, mix] : [audio];
  const gains = hearings.map(heard => {
    const level = new SoundingLevel(model.contract.level);
    level.push(heard);
    return level.gain();
  });
  const stream = model.openStream({
    gains,
    thresholds: thresholdsAt(model.contract, { sensitivity: 0.5 }),
    signal: new AbortController().signal,
    segmentMoments,
  });
  const found: FoundStroke[] = [];
  for (let at = 0; at < audio.length; at += pieceFrames)
    found.push(...(await stream.push(hearings.map(heard => heard.subarray(at, at + pieceFrames)))));
  found.push(...(await stream.finish()));
  return found.sort((a, b) => a.time - b.time);
}

let folder = '';
let model: HitModel;
let reference: Reference;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backbeat-models-'));
  const opened = await openBundledHits(BUNDLED, { threads: 1 });
  if (!opened.ok) throw new Error(explain(opened.failure));
  model = opened.value;
  reference = JSON.parse(await readFile(join(BUNDLED, 'reference.json'), 'utf8')) as Reference;
});
afterAll(async () => {
  await model.close();
  await rm(folder, { recursive: true });
});

describe('the bundled drum-hits', () => {
  it('answers made-up spectra as its training code does', async () => {
    const { frames, frame, tolerance, ...expected } = reference.spectra;
    const long = Float32Array.from({ length: frames * 1025 }, (_, at) =>
      (Math.floor(at / 1025) * 7 + (at % 1025)) % 13 === 0 ? 1000 : 1,
    );
    const short = Float32Array.from({ length: 3 * frames * 257 }, (_, at) =>
      (Math.floor(at / 257) * 5 + (at % 257)) % 11 === 0 ? 100 : 1,
    );
    const answer = await model.find(
      { data: long, dims: [1, frames, 1025] },
      { data: short, dims: [1, 3 * frames, 257] },
    );
    const width = model.contract.classes.length;
    for (const name of ['chance', 'velocity', 'offset'] as const) {
      const row = answer[name].subarray(frame * width, (frame + 1) * width);
      const off = expected[name].map((value, column) => Math.abs(value - (row[column] ?? Number.NaN)));
      expect(Math.max(...off)).toBeLessThan(tolerance);
    }
  });

  it('is shown the spectra that it was trained on', () => {
    const { strokes, gain, bins, longOfFrame, shortOfWindow } = reference.audio;
    const audio = referenceAudio(strokes);
    const level = new SoundingLevel(model.contract.level);
    level.push(audio);
    expect(level.gain() / gain).toBeCloseTo(1, 5);
    const scaled = audio.map(value => value * gain);
    const check = (size: number, first: number, expected: readonly number[]): void => {
      const windows = new PowerWindows(size);
      const powers = new Float32Array(windows.binCount);
      windows.analyse(scaled, first, powers, 0);
      bins.forEach((bin, index) => {
        const wanted = expected[index] ?? Number.NaN;
        expect(Math.abs((powers[bin] ?? 0) - wanted)).toBeLessThanOrEqual(1e-3 * wanted + 1e-3);
      });
    };
    for (const [frame, expected] of Object.entries(longOfFrame))
      check(2048, 441 * Number(frame) - 1024, expected);
    for (const [window, expected] of Object.entries(shortOfWindow))
      check(512, 147 * (Number(window) - 1) - 256, expected);
  });

  it('finds the strokes that its training code finds', async () => {
    const { strokes, hits, tolerance, secondsTolerance } = reference.audio;
    const found = await strokesIn(model, referenceAudio(strokes), 10_000);
    expect(found).toHaveLength(hits.length);
    // Strokes of one moment may come in either order.
    for (const { seconds, velocity, chance } of hits) {
      const same = found.filter(
        stroke =>
          Math.abs(stroke.time - seconds) < secondsTolerance &&
          Math.abs(stroke.probability - chance) < tolerance &&
          Math.abs(stroke.velocity - velocity) < tolerance,
      );
      expect(same).toHaveLength(1);
    }
  });

  it('finds the same however the audio is cut into pieces and segments', async () => {
    const audio = referenceAudio(reference.audio.strokes);
    const whole = await strokesIn(model, audio, audio.length);
    const pieces = await strokesIn(model, audio, 777, 60);
    expect(pieces.map(stroke => stroke.class)).toEqual(whole.map(stroke => stroke.class));
    pieces.forEach((stroke, index) => expect(stroke.time).toBeCloseTo(whole[index]?.time ?? -1, 4));
  });

  it('hears drums and their mix as it hears the drums alone when both are the same, at any level', async () => {
    const audio = referenceAudio(reference.audio.strokes);
    const alone = await strokesIn(model, audio, 10_000);
    const both = await strokesIn(
      model,
      audio,
      10_000,
      3000,
      audio.map(value => value * 0.3),
    );
    expect(both.map(stroke => stroke.class)).toEqual(alone.map(stroke => stroke.class));
    both.forEach((stroke, index) => {
      expect(stroke.time).toBeCloseTo(alone[index]?.time ?? -1, 3);
      expect(stroke.probability).toBeCloseTo(alone[index]?.probability ?? -1, 2);
    });
  });

  it('finds nothing in silence, and takes audio shorter than a moment', async () => {
    expect(await strokesIn(model, new Float32Array(3 * RATE), RATE)).toEqual([]);
    expect(await strokesIn(model, new Float32Array(0), 1)).toEqual([]);
    expect(await strokesIn(model, new Float32Array(100), 100)).toEqual([]);
  });

  it.each([
    ['changed', (text: string) => text.replace(/"sha256": "\w{4}/, '"sha256": "0000'), 'modelChanged'],
    ['for another task', (text: string) => text.replace('"hits"', '"separation"'), 'badFile'],
    ['without a threshold', (text: string) => text.replace('"threshold"', '"limit"'), 'badFile'],
  ])('is refused when its manifest is %s', async (_, spoil, code) => {
    const copy = await mkdtemp(join(folder, 'hits-'));
    await copyFile(join(BUNDLED, 'drum-hits.onnx'), join(copy, 'drum-hits.onnx'));
    await writeFile(
      join(copy, 'manifest.json'),
      spoil(await readFile(join(BUNDLED, 'manifest.json'), 'utf8')),
    );
    const opened = await openBundledHits(copy);
    expect(opened).toMatchObject({ ok: false, failure: { code } });
  });
});
