import { describe, expect, it } from 'vitest';
import {
  rampedPlan,
  type SegmentPlan,
  SegmentStream,
  segmentWeights,
  type SeparateSegment,
  ShiftedStream,
  type StemPieces,
  type StemStream,
  type Stereo,
  stereoOf,
  triangularPlan,
  trimmedPlan,
} from '#shared/analysis';
import { Random } from '#shared/base';

const FRAMES = 100;

/** Two stems that tell where in its segment each frame lay, so that nothing is right by chance. */
const byPlace: SeparateSegment = (segment, stems) => {
  segment.forEach((channel, side) => {
    for (let at = 0; at < channel.length; at++) {
      stems[0]![side]![at] = channel[at]! * (1 + at / FRAMES);
      stems[1]![side]![at] = channel[at]! + channel[Math.max(0, at - 7)]! / 2 + side;
    }
  });
  return Promise.resolve();
};

function mixOf(frames: number): Stereo {
  const random = Random.ofSeed(`mix ${frames}`);
  const mix = stereoOf(frames);
  for (const channel of mix) for (let at = 0; at < frames; at++) channel[at] = random.between(-1, 1);
  return mix;
}

async function through(stream: StemStream, mix: Stereo, piece: number): Promise<Stereo[]> {
  const parts: StemPieces[] = [];
  for (let start = 0; start < mix[0].length; start += piece) {
    parts.push(await stream.push([mix[0].slice(start, start + piece), mix[1].slice(start, start + piece)]));
  }
  parts.push(await stream.finish());
  return [0, 1].map((stem): Stereo => {
    const side = (index: 0 | 1): Float32Array =>
      Float32Array.from(parts.flatMap(part => [...part[stem]![index]]));
    return [side(0), side(1)];
  });
}

/** Demucs' `apply_model` on whole arrays, in double precision: what the stream must equal. */
async function whole(plan: SegmentPlan, mix: Stereo): Promise<Stereo[]> {
  const total = mix[0].length;
  const weights = segmentWeights(plan);
  const sums = [0, 1].map(() => [new Float64Array(total), new Float64Array(total)] as const);
  const weightSum = new Float64Array(total);
  for (let offset = -plan.lead; offset + plan.lead < total; offset += plan.stride) {
    const length = Math.min(plan.frames, total - offset);
    const before = plan.short === 'centred' ? Math.floor((plan.frames - length) / 2) : 0;
    const segment = mix.map(channel =>
      Float32Array.from({ length: plan.frames }, (_, at) => channel[offset - before + at] ?? 0),
    ) as unknown as Stereo;
    const stems = [stereoOf(plan.frames), stereoOf(plan.frames)];
    await byPlace(segment, stems);
    for (let at = Math.max(0, -offset); at < length; at++) {
      weightSum[offset + at]! += weights[at]!;
      stems.forEach((stem, index) => {
        stem.forEach((channel, side) => {
          sums[index]![side as 0 | 1][offset + at]! += weights[at]! * channel[before + at]!;
        });
      });
    }
  }
  return sums.map(
    stem =>
      stem.map(sum => Float32Array.from(sum, (value, at) => value / weightSum[at]!)) as unknown as Stereo,
  );
}

const furthest = (a: readonly Stereo[], b: readonly Stereo[]): number =>
  Math.max(
    0,
    ...a.flatMap((stem, index) =>
      stem.flatMap((channel, side) =>
        [...channel].map((value, at) => Math.abs(value - b[index]![side as 0 | 1][at]!)),
      ),
    ),
  );

const PLANS = {
  triangular: triangularPlan(FRAMES),
  ramped: rampedPlan(FRAMES),
  trimmed: trimmedPlan(FRAMES, 20),
};

describe.each(Object.entries(PLANS))('SegmentStream, %s', (_, plan) => {
  it.each([0, 1, 7, 99, 100, 101, 137, 150, 160, 161, 175, 225, 1003])(
    'is what Demucs makes of %i frames',
    async frames => {
      const mix = mixOf(frames);
      const stems = await through(new SegmentStream(plan, 2, byPlace), mix, 33);
      expect(stems[0]![0].length).toBe(frames);
      expect(furthest(stems, await whole(plan, mix))).toBeLessThan(1e-5);
    },
  );

  it('does not depend on how the song is cut into pieces', async () => {
    const mix = mixOf(433);
    const once = await through(new SegmentStream(plan, 2, byPlace), mix, 433);
    for (const piece of [1, 50, 100, 317]) {
      expect(await through(new SegmentStream(plan, 2, byPlace), mix, piece)).toEqual(once);
    }
  });
});

describe('segmentWeights', () => {
  it('rises to the middle and falls, as Demucs has it, for odd lengths too', () => {
    expect([...segmentWeights(triangularPlan(5))]).toEqual([1 / 3, 2 / 3, 1, 2 / 3, 1 / 3].map(Math.fround));
  });
});

describe('ShiftedStream', () => {
  const open = () => new SegmentStream(PLANS.triangular, 2, byPlace);
  const shifted = (shifts: number, seed: number) =>
    new ShiftedStream(open, { shifts, stemCount: 2, sampleRate: 300, random: Random.ofSeed(seed) });

  it.each([1, 88, 433])('gives as many frames as the song has, %i', async frames => {
    const stems = await through(shifted(3, 1), mixOf(frames), 50);
    expect(stems[1]![1].length).toBe(frames);
  });

  it('is the mean of runs that begin earlier by offsets of the seed', async () => {
    const mix = mixOf(433);
    const random = Random.ofSeed(5);
    const runs = await Promise.all(
      [0, 1].map(async index => {
        const silence = random.fork('shift', index).below(151);
        const later = mix.map(channel => Float32Array.from([...new Float32Array(silence), ...channel]));
        const stems = await through(open(), later as unknown as Stereo, 64);
        return stems.map(stem => stem.map(channel => channel.slice(silence)));
      }),
    );
    const mean = runs[0]!.map((stem, index) =>
      stem.map((channel, side) => channel.map((value, at) => (value + runs[1]![index]![side]![at]!) / 2)),
    ) as unknown as Stereo[];
    expect(furthest(await through(shifted(2, 5), mix, 64), mean)).toBeLessThan(1e-6);
    expect(await through(shifted(2, 6), mix, 64)).not.toEqual(await through(shifted(2, 5), mix, 64));
  });
});
