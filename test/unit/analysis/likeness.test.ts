import { describe, expect, it } from 'vitest';
import { DuplicateFilter, Fingerprinter, orderForKeeping, similarity } from '#shared/analysis';
import { Random } from '#shared/base';
import type { MonoAudio } from '#shared/model';
import { closedHat, kick, openHat, snare, tom } from '#test/hits';

const fingerprint = (hit: MonoAudio, isCutOff = false): Float32Array =>
  new Fingerprinter(hit.sampleRate).fingerprint(hit, isCutOff);
const likeness = (a: MonoAudio, b: MonoAudio): number => similarity(fingerprint(a), fingerprint(b));
const THRESHOLD = 0.98;

describe('fingerprints', () => {
  it('have length 1', () => {
    for (const hit of [kick(), snare(), openHat()]) {
      const print = fingerprint(hit);
      expect(similarity(print, print)).toBeCloseTo(1, 6);
    }
  });

  it('do not care how loud a hit is', () => {
    expect(likeness(snare({ level: 0.9 }), snare({ level: 0.05 }))).toBeGreaterThan(0.9999);
  });

  it('hold two strokes on one drum for the same sound', () => {
    expect(likeness(kick({ stroke: 'a' }), kick({ stroke: 'b' }))).toBeGreaterThan(THRESHOLD);
    expect(likeness(snare({ stroke: 'a' }), snare({ stroke: 'b' }))).toBeGreaterThan(THRESHOLD);
  });

  it('tell drums apart, and an open hat from a closed one', () => {
    const drums = [kick(), snare(), closedHat(), openHat(), tom()];
    for (const [index, one] of drums.entries())
      for (const other of drums.slice(index + 1)) expect(likeness(one, other)).toBeLessThan(0.95);
  });

  it('hold a hit that the next one cuts off for its uncut twin', () => {
    const whole = snare();
    const cut = { ...whole, samples: whole.samples.slice(0, 5000) };
    expect(similarity(fingerprint(whole), fingerprint(cut, true))).toBeGreaterThan(THRESHOLD);
    expect(similarity(fingerprint(whole), fingerprint(cut, false))).toBeLessThan(
      similarity(fingerprint(whole), fingerprint(cut, true)),
    );
  });

  it('hold a sound at 44.1 and at 48 kHz for the same', () => {
    expect(likeness(tom({ sampleRate: 44_100 }), tom({ sampleRate: 48_000 }))).toBeGreaterThan(THRESHOLD);
  });

  it('exist for silence and for a single frame', () => {
    for (const samples of [new Float32Array(4410), new Float32Array([1]), new Float32Array(0)])
      expect(fingerprint({ sampleRate: 44_100, samples }).every(Number.isFinite)).toBe(true);
  });
});

/** Unit vectors round `families` centres, so that members of one family are alike. */
function fingerprints(families: number, members: number, length = 52): Float32Array[] {
  const random = Random.ofSeed(3);
  const unit = (values: Float32Array): Float32Array => {
    const size = Math.hypot(...values);
    return values.map(value => value / size);
  };
  return Array.from({ length: families }, (_, family) => {
    const centre = unit(Float32Array.from({ length }, () => random.fork('centre', family).normal()));
    const stream = random.fork('family', family);
    const middle = unit(centre.map(() => stream.normal()));
    return Array.from({ length: members }, () => unit(middle.map(value => value + stream.normal(0, 0.008))));
  }).flat();
}

describe('DuplicateFilter', () => {
  it('keeps one of each family', () => {
    const filter = new DuplicateFilter(THRESHOLD, 52);
    const verdicts = fingerprints(20, 5).map(print => filter.offer(print));
    expect(filter.kept).toBe(20);
    expect(verdicts[7]).toMatchObject({ kind: 'duplicate', of: 1 });
  });

  it('agrees with comparing every pair', () => {
    const prints = fingerprints(40, 4);
    const filter = new DuplicateFilter(THRESHOLD, 52);
    const kept: Float32Array[] = [];
    for (const print of prints) {
      const likenesses = kept.map(other => similarity(print, other));
      const best = Math.max(-1, ...likenesses);
      const isDuplicate = best > THRESHOLD;
      expect(filter.offer(print)).toMatchObject(
        isDuplicate
          ? { kind: 'duplicate', of: likenesses.indexOf(best) }
          : { kind: 'kept', index: kept.length },
      );
      if (!isDuplicate) kept.push(print);
    }
  });

  it('takes nothing for a duplicate at a threshold of 1', () => {
    const filter = new DuplicateFilter(1, 52);
    const [print] = fingerprints(1, 1) as [Float32Array];
    expect([filter.offer(print).kind, filter.offer(print).kind]).toEqual(['kept', 'kept']);
  });

  it('sorts 20,000 hits of 2,000 sounds in seconds', () => {
    const prints = fingerprints(2000, 10);
    const filter = new DuplicateFilter(THRESHOLD, 52);
    for (const print of prints) filter.offer(print);
    expect(filter.kept).toBe(2000);
  });
});

describe('orderForKeeping', () => {
  it('puts the cleanest first and settles equal ones by where they come from', () => {
    const candidates = [
      { score: 10, source: 'b', position: 0 },
      { score: 40, source: 'c', position: 0 },
      { score: 10, source: 'a', position: 9 },
      { score: 10, source: 'a', position: 4 },
    ];
    expect(orderForKeeping(candidates)).toEqual([1, 3, 2, 0]);
  });
});
