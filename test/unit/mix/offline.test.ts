import { describe, expect, it } from 'vitest';
import { type MixBlock, mixVoices, renderFrames, type Voice } from '#shared/mix';
import { panMatrix } from '#shared/mixer';
import { hitId, noteId, type PlanarAudio, type Role } from '#shared/model';

const RATE = 48_000;
const aVoice = (more: Partial<Voice> = {}): Voice => ({
  noteId: noteId('n'),
  hit: hitId('h'),
  role: 'CORE',
  padId: 'p',
  shape: null,
  onsetFrame: more.startFrame ?? 0,
  startFrame: 0,
  frames: 1000,
  releaseFrame: null,
  gain: 1,
  pan: 0,
  ...more,
});
const steady = (channels: readonly number[], frames = 1000): PlanarAudio => ({
  sampleRate: RATE,
  channels: channels.map(value => new Float32Array(frames).fill(value)),
});

/** All blocks of a mix, one after the other. */
function whole(blocks: Iterable<MixBlock>, part: (block: MixBlock) => PlanarAudio | undefined): number[][] {
  const joined: number[][] = [[], []];
  for (const block of blocks) {
    for (const [index, channel] of joined.entries()) channel.push(...(part(block)?.channels[index] ?? []));
  }
  return joined;
}
const mixOf = (voices: readonly Voice[], audio: PlanarAudio, frames: number, blockFrames = 512): number[][] =>
  whole(
    mixVoices(voices, () => audio, { sampleRate: RATE, frames, blockFrames }),
    block => block.mix,
  );

describe('the offline mix', () => {
  it('places voices on their very frames', () => {
    const [left = []] = mixOf([aVoice({ startFrame: 700, frames: 3 })], steady([0.5], 3), 1000);
    expect(left.flatMap((value, frame) => (value === 0 ? [] : [[frame, value]]))).toEqual([
      [700, 0.5],
      [701, 0.5],
      [702, 0.5],
    ]);
  });

  it('gives the same bits for any block size', () => {
    const voices = [
      aVoice(),
      aVoice({ startFrame: 333, pan: 0.3, releaseFrame: 600 }),
      aVoice({ role: 'FILL' }),
    ];
    const audio = {
      sampleRate: RATE,
      channels: [Float32Array.from({ length: 1000 }, (_, at) => Math.sin(at))],
    };
    expect(mixOf(voices, audio, 1500, 64)).toEqual(mixOf(voices, audio, 1500, 4096));
  });

  it('cuts what lies before the first frame, not the attack after it', () => {
    const audio = { sampleRate: RATE, channels: [Float32Array.from([0.25, 0.5, 1])] };
    const [left] = mixOf([aVoice({ startFrame: -1, frames: 3 })], audio, 4);
    expect(left).toEqual([0.5, 1, 0, 0]);
  });

  it('lets a choked voice fall linearly to silence in 8 ms', () => {
    const [left = []] = mixOf([aVoice({ releaseFrame: 100 })], steady([1]), 1000);
    expect(left[99]).toBe(1);
    expect(left[100 + 192]).toBeCloseTo(0.5, 5);
    expect(left[100 + 384]).toBe(0);
    expect(
      Math.max(...left.slice(100).map((value, index) => value - (left[99 + index] ?? 0))),
    ).toBeLessThanOrEqual(0);
  });

  it('is the 32-bit sum of its stems, in any order', () => {
    const roles: Role[] = ['CORE', 'ACCENT', 'MOTION', 'FILL'];
    const voices = roles.map((role, index) => aVoice({ role, gain: 0.3 + index / 7, pan: index / 5 - 0.3 }));
    const audio = {
      sampleRate: RATE,
      channels: [Float32Array.from({ length: 1000 }, (_, at) => Math.sin(at * at))],
    };
    const blocks = [...mixVoices(voices, () => audio, { sampleRate: RATE, frames: 1000 })];
    const [mix = []] = whole(blocks, block => block.mix);
    for (const order of [roles, roles.toReversed(), ['FILL', 'CORE', 'MOTION', 'ACCENT'] as Role[]]) {
      const sum = new Float32Array(1000);
      for (const role of order) {
        const [stem = []] = whole(blocks, block => block.stems.get(role));
        for (const [frame, value] of stem.entries()) sum[frame] = Math.fround((sum[frame] ?? 0) + value);
      }
      expect([...sum]).toEqual(mix);
    }
    expect(Math.max(...mix)).toBeGreaterThan(1);
  });

  it('lasts as long as its voices ring, at most the tail', () => {
    const ringing = [aVoice({ startFrame: 900, frames: 5000 })];
    expect(renderFrames(ringing, 1000, 10_000, RATE)).toBe(5900);
    expect(renderFrames(ringing, 1000, 2000, RATE)).toBe(3000);
    expect(renderFrames(ringing, 1000, 0, RATE)).toBe(1000);
    expect(renderFrames([], 1000, 2000, RATE)).toBe(1000);
  });
});

describe('panning', () => {
  it.each([-1, -0.4, 0.25, 1])('keeps a mono sound’s power at %f', pan => {
    const { ll, lr } = panMatrix(pan, 1);
    expect(ll * ll + lr * lr).toBeCloseTo(2, 9);
  });

  it('leaves the centre untouched, mono and stereo, and moves wholly to a side', () => {
    expect(mixOf([aVoice({ frames: 1 })], steady([0.5]), 1)).toEqual([[0.5], [0.5]]);
    expect(mixOf([aVoice({ frames: 1 })], steady([0.5, 0.25]), 1)).toEqual([[0.5], [0.25]]);
    const [left = [], right = []] = mixOf([aVoice({ frames: 1, pan: -1 })], steady([0.5, 0.25]), 1);
    expect([left[0], right[0]]).toEqual([0.75, expect.closeTo(0, 6)]);
  });
});
