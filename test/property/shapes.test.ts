import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapedAudio, shapedFrames, shapedOnset } from '#shared/mix';
import { type HitShape, HitShapeSchema, PLAIN_SHAPE, type PlanarAudio } from '#shared/model';

const RATE = 44_100;
const anyAudio: fc.Arbitrary<PlanarAudio> = fc
  .record({
    frames: fc.integer({ min: 1, max: 3000 }),
    channelCount: fc.integer({ min: 1, max: 2 }),
    seed: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ frames, channelCount, seed }) => ({
    sampleRate: RATE,
    channels: Array.from({ length: channelCount }, (_, channel) =>
      Float32Array.from({ length: frames }, (_1, frame) => Math.sin((frame + channel) * seed)),
    ),
  }));
const seconds = (most: number): fc.Arbitrary<number> => fc.double({ min: 0, max: most, noNaN: true });
const anyShape: fc.Arbitrary<HitShape> = fc
  .record({
    gainDecibels: fc.double({ min: -24, max: 12, noNaN: true }),
    semitones: fc.oneof(fc.constant(0), fc.double({ min: -24, max: 24, noNaN: true })),
    trimStart: seconds(0.1),
    trimEnd: seconds(0.1),
    fadeIn: seconds(0.1),
    fadeOut: seconds(0.1),
    reversed: fc.boolean(),
  })
  .map(value => HitShapeSchema.parse(value));

describe('any shape of any slice', () => {
  it('is as long as it is said to be, and its attack lies in it', () => {
    fc.assert(
      fc.property(anyAudio, anyShape, fc.nat(3000), (audio, shape, onset) => {
        const frames = audio.channels[0]?.length ?? 0;
        const shaped = shapedAudio(audio, shape);
        const length = shapedFrames(frames, RATE, shape);
        for (const channel of shaped.channels) {
          expect(channel).toHaveLength(length);
          expect(channel.every(value => Number.isFinite(value))).toBe(true);
        }
        const attack = shapedOnset(Math.min(onset, frames), frames, RATE, shape);
        expect(attack).toBeGreaterThanOrEqual(0);
        expect(attack).toBeLessThanOrEqual(length + 1);
      }),
      { numRuns: 60 },
    );
  });

  it('reversed is its mirror, and reversed twice the slice itself', () => {
    const reversed = { ...PLAIN_SHAPE, reversed: true };
    fc.assert(
      fc.property(anyAudio, anyShape, (audio, shape) => {
        const forwards = shapedAudio(audio, { ...shape, reversed: false });
        const backwards = shapedAudio(audio, { ...shape, reversed: true });
        expect(backwards.channels).toEqual(forwards.channels.map(channel => channel.toReversed()));
        expect(shapedAudio(shapedAudio(audio, reversed), reversed).channels).toEqual(audio.channels);
      }),
      { numRuns: 40 },
    );
  });

  it('trimmed and faded is never louder than the slice, and leaves the slice itself alone', () => {
    fc.assert(
      fc.property(anyAudio, anyShape, (audio, shape) => {
        const before = audio.channels.map(channel => channel.slice());
        const shaped = shapedAudio(audio, { ...shape, semitones: 0, gainDecibels: 0, reversed: false });
        const start = Math.min((audio.channels[0]?.length ?? 1) - 1, Math.round(shape.trimStart * RATE));
        for (const [index, channel] of shaped.channels.entries())
          for (const [frame, value] of channel.entries())
            expect(Math.abs(value)).toBeLessThanOrEqual(
              Math.abs(audio.channels[index]?.[start + frame] ?? 0) + 1e-7,
            );
        expect(audio.channels).toEqual(before);
      }),
      { numRuns: 40 },
    );
  });
});
