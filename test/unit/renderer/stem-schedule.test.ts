import { describe, expect, it } from 'vitest';
import {
  fadeStraight,
  type PlannedPiece,
  type SchedulePlan,
  StemSchedule,
} from '../../../src-renderer/playback/stem-schedule';

const PLAN: SchedulePlan = {
  frames: 100_000,
  from: 0,
  pieceFrames: 20_000,
  fadeFrames: 200,
  loop: null,
  isResampled: false,
};

function pieces(change: Partial<SchedulePlan>, most = 100): PlannedPiece[] {
  const schedule = new StemSchedule({ ...PLAN, ...change });
  const found: PlannedPiece[] = [];
  for (let piece = schedule.next(); piece && found.length < most; piece = schedule.next()) found.push(piece);
  return found;
}

/** What sounds at each frame after the begin when every frame of the stems has the value 1. */
function loudness(planned: readonly PlannedPiece[]): Float32Array {
  const end = Math.max(...planned.map(({ after, count }) => after + count));
  const sum = new Float32Array(end);
  for (const { after, count, rise, fall } of planned) {
    const samples = new Float32Array(count).fill(1);
    fadeStraight(samples, rise, fall);
    samples.forEach((value, at) => {
      sum[after + at] = (sum[after + at] ?? 0) + value;
    });
  }
  return sum;
}

const unevenness = (sum: Float32Array): number =>
  sum.reduce((worst, value) => Math.max(worst, Math.abs(value - 1)), 0);

describe('a schedule of stems', () => {
  it('goes through all frames once, piece after piece, the first one short', () => {
    const planned = pieces({ from: 7 });
    expect(planned[0]).toEqual({ start: 7, count: 5000, after: 0, rise: 0, fall: 0 });
    let next = 7;
    for (const { start, count, after } of planned) {
      expect(start).toBe(next);
      expect(after).toBe(next - 7);
      next += count;
    }
    expect(next).toBe(100_000);
  });

  it('plays nothing from the end on', () => {
    expect(pieces({ from: 100_000 })).toEqual([]);
    expect(pieces({ from: 200_000 })).toEqual([]);
  });

  it('goes round a loop without end, each round exactly as long as the loop', () => {
    const planned = pieces({ from: 30_000, loop: { from: 10_000, to: 45_000 } }, 12);
    const rounds = planned.filter(({ rise }) => rise > 0);
    expect(rounds.length).toBeGreaterThan(2);
    // The lead before the loop's begin sounds while the end falls: the begin itself lands on the frame.
    expect(rounds.map(({ start, rise }) => start + rise)).toEqual(rounds.map(() => 10_000));
    expect(rounds.map(({ after, rise }) => after + rise)).toEqual(
      rounds.map((_, round) => 15_000 + round * 35_000),
    );
    expect(Math.max(...planned.map(({ start, count }) => start + count))).toBe(45_000);
  });

  it('keeps one loudness over the jump of a loop', () => {
    const sum = loudness(pieces({ from: 30_000, loop: { from: 10_000, to: 45_000 } }, 8));
    expect(unevenness(sum.subarray(0, 80_000))).toBeLessThan(1e-4);
  });

  it('leaves a loop aside that lies before where it begins', () => {
    const planned = pieces({ from: 50_000, loop: { from: 10_000, to: 45_000 } });
    expect(planned.at(-1)).toMatchObject({ fall: 0 });
    expect((planned.at(-1)?.start ?? 0) + (planned.at(-1)?.count ?? 0)).toBe(100_000);
  });

  it('lets pieces that are resampled fade into each other', () => {
    const planned = pieces({ isResampled: true });
    expect(planned[1]).toMatchObject({ rise: 200, fall: 200, start: 4800, after: 4800 });
    expect(unevenness(loudness(planned))).toBeLessThan(1e-4);
  });

  it('says which frame sounds, through every round of a loop', () => {
    const schedule = new StemSchedule({ ...PLAN, from: 30_000, loop: { from: 10_000, to: 45_000 } });
    for (let piece = 0; piece < 8; piece++) schedule.next();
    expect(schedule.frameAt(0)).toBe(30_000);
    expect(schedule.frameAt(14_999)).toBe(44_999);
    expect(schedule.frameAt(15_000)).toBe(10_000);
    expect(schedule.frameAt(50_000 + 12)).toBe(10_012);
    expect(schedule.frameAt(-5)).toBe(30_000);
  });
});
