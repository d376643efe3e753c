import { describe, expect, it } from 'vitest';
import {
  type FoundStroke,
  momentsOf,
  onsetsOfAttacks,
  type PlacedAttack,
  type StrokeClass,
} from '#shared/analysis';

const heard = (name: StrokeClass, time: number, probability: number): FoundStroke => ({
  time,
  class: name,
  probability,
  velocity: 0.7,
});

/** Class and rounded ms of each moment's strokes; times are those of the moments. */
const together = (found: readonly FoundStroke[]) =>
  momentsOf(found).map(({ time, strokes }) => [
    Math.round(1000 * time),
    strokes.map(stroke => stroke.class).sort(),
  ]);

describe('strokes that sound together', () => {
  it('are a hat and the snare beside it', () => {
    expect(together([heard('snare', 1, 0.9), heard('chh', 1.008, 0.8)])).toEqual([[1000, ['chh', 'snare']]]);
  });

  it('are the hat and the second snare of a flam, not its first, though that is the likelier one', () => {
    const found = [heard('snare', 1, 0.9), heard('snare', 1.0244, 0.75), heard('chh', 1.0282, 0.99)];
    expect(together(found)).toEqual([
      [1000, ['snare']],
      [1028, ['chh', 'snare']],
    ]);
  });

  it('are the second stroke of a flam and its own hat, not the likelier one on the first', () => {
    const found = [heard('chh', 1.0011, 0.97), heard('chh', 1.0225, 0.95), heard('snare', 1.0235, 0.99)];
    expect(together(found)).toEqual([
      [1001, ['chh']],
      [1024, ['chh', 'snare']],
    ]);
  });
});

const RATE = 1000;
/** An attack that stands out, at one ms, each of its strokes heard at another. */
const attack = (at: number, ...strokes: (readonly [StrokeClass, ms: number, number])[]): PlacedAttack => ({
  at,
  strokes: strokes.map(([name, ms, probability]) => heard(name, ms / 1000, probability)),
  riseDecibels: 15,
});
const classesOf = (attacks: readonly PlacedAttack[]) =>
  onsetsOfAttacks(attacks, RATE).map(({ frame, strokes }) => [frame, strokes?.map(stroke => stroke.class)]);

describe('the second stroke of a drum', () => {
  it('is its echo when it is heard 15 ms after the first', () => {
    expect(classesOf([attack(100, ['snare', 100, 0.9]), attack(115, ['snare', 115, 0.5])])).toEqual([
      [100, ['snare']],
    ]);
  });

  it('is that of a flam when it is heard 24 ms after the first, though a hat ahead of it begins at 18 ms', () => {
    const flam = [attack(100, ['snare', 100, 0.9]), attack(118, ['chh', 117, 0.99], ['snare', 124, 0.9])];
    expect(classesOf(flam)).toEqual([
      [100, ['snare']],
      [118, ['chh', 'snare']],
    ]);
  });

  it('is an echo where hats begin at 18 ms, wherever they are heard: a hat is not flammed', () => {
    expect(classesOf([attack(100, ['chh', 88, 0.4]), attack(117, ['chh', 117, 0.9])])).toEqual([
      [117, ['chh']],
    ]);
  });
});
