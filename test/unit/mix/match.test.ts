import { expect, it } from 'vitest';
import { LoudnessMeter } from '#shared/dsp';
import {
  hitLevel,
  kitOfPattern,
  type LevelOf,
  matchingDecibels,
  mixVoices,
  scheduleVoices,
} from '#shared/mix';
import { type HitId, hitId, type Instrument, type Pattern, patternSeconds } from '#shared/model';
import { drumTrack, hat, kick, snare } from '#test/drum-sounds';
import { aNote, aPattern } from '#test/pattern';

const RATE = 44_100;
const SOUNDS = new Map([
  [hitId('kick'), drumTrack([kick(0)], 0.4, RATE)],
  [hitId('snare'), drumTrack([snare(0)], 0.3, RATE)],
  [hitId('chh'), drumTrack([hat(0)], 0.1, RATE)],
]);
const audioOf = (id: HitId) => SOUNDS.get(id) ?? drumTrack([], 0.1, RATE);
const LEVELS = new Map([...SOUNDS].map(([id, audio]) => [id, hitLevel(audio)]));
const levelOf: LevelOf = ({ hit }) => LEVELS.get(hit);

const groove = (strokes: readonly (readonly [Instrument, number, number])[]): Pattern =>
  aPattern(
    strokes.flatMap(([instrument, every, velocity]) =>
      Array.from({ length: 16 / every }, (_, index) =>
        aNote(instrument, index * every, { velocity, hit: hitId(instrument) }),
      ),
    ),
  );

const kit = kitOfPattern(
  groove([
    ['kick', 4, 1],
    ['snare', 8, 1],
    ['chh', 2, 1],
  ]),
  RATE,
);

function loudnessOf(pattern: Pattern): number {
  const voices = scheduleVoices(pattern, kit, {
    sampleRate: RATE,
    hitFrames: id => LEVELS.get(id)?.frames ?? 0,
  });
  const meter = new LoudnessMeter(RATE, 2);
  const frames = Math.round(patternSeconds(pattern) * RATE);
  for (const { mix } of mixVoices(voices, audioOf, { sampleRate: RATE, frames })) meter.push(mix.channels);
  return meter.finish().integratedLufs;
}

it('makes a sparse soft take as loud as a dense hard one, to half a decibel of what a loudness meter says', () => {
  const before = groove([
    ['kick', 4, 0.9],
    ['snare', 8, 0.9],
    ['chh', 2, 0.6],
  ]);
  for (const after of [
    groove([
      ['kick', 8, 0.6],
      ['snare', 8, 0.7],
    ]),
    groove([
      ['kick', 2, 1],
      ['chh', 1, 0.8],
    ]),
  ]) {
    const decibels = matchingDecibels({ pattern: before, kit }, { pattern: after, kit }, levelOf);
    expect(Math.abs(decibels)).toBeGreaterThan(1);
    expect(Math.abs(loudnessOf(after) + decibels - loudnessOf(before))).toBeLessThan(0.5);
  }
});

it('leaves silence alone and never adds more than 12 dB', () => {
  const before = groove([['snare', 1, 1]]);
  const added = (after: Pattern): number =>
    matchingDecibels({ pattern: before, kit }, { pattern: after, kit }, levelOf);
  expect(added(aPattern([]))).toBe(0);
  expect(added(groove([['chh', 16, 0.1]]))).toBe(12);
});
