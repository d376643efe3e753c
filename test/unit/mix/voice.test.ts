import { describe, expect, it } from 'vitest';
import {
  endVoices,
  HEADROOM_DECIBELS,
  kitOfPattern,
  type ScheduleOptions,
  scheduleVoices,
  type Voice,
} from '#shared/mix';
import { type Kit, type Note, type Pattern } from '#shared/model';
import { gainOfDecibels } from '#shared/units';
import { aNote, aPattern, late } from '#test/pattern';

const schedule = (notes: readonly Note[], options: Partial<ScheduleOptions> = {}, kit?: Kit): Voice[] => {
  const pattern: Pattern = aPattern(notes);
  return scheduleVoices(pattern, kit ?? kitOfPattern(pattern, 48_000), {
    sampleRate: 48_000,
    hitFrames: () => 48_000,
    ...options,
  });
};
const HEADROOM = gainOfDecibels(HEADROOM_DECIBELS);

describe('when voices sound', () => {
  it('is the note’s place plus its feel, rounded once: 7 ms late at 48 kHz is 336 frames', () => {
    expect(schedule([aNote('snare', 4, late(7))]).map(voice => voice.onsetFrame)).toEqual([24_000 + 336]);
  });

  it('follows the swing', () => {
    const swung = { ...aPattern([aNote('chh', 1)]), swing: { percent: 60, base: '16th' as const } };
    const [voice] = scheduleVoices(swung, kitOfPattern(swung, 48_000), {
      sampleRate: 48_000,
      hitFrames: () => 10,
    });
    expect(voice?.onsetFrame).toBe(7200);
  });

  it('begins the slice its pre-roll earlier, so that the attack is on time', () => {
    const [early, later] = schedule([aNote('kick', 0), aNote('kick', 4)], { preRollFrames: () => 240.4 });
    expect([early?.onsetFrame, early?.startFrame]).toEqual([0, -240]);
    expect([later?.onsetFrame, later?.startFrame]).toEqual([24_000, 23_760]);
  });

  it('is never before the start', () => {
    expect(schedule([aNote('kick', 0, late(-20))])[0]?.onsetFrame).toBe(0);
  });
});

it('has no voice for muted, silent and unplayable notes', () => {
  const notes = [aNote('kick', 0, { muted: true }), aNote('kick', 1, { velocity: 0 }), aNote('kick', 2)];
  expect(schedule(notes, { hitFrames: () => 0 })).toEqual([]);
  expect(schedule(notes)).toHaveLength(1);
});

describe('how loud voices are', () => {
  it('falls 12 dB when the velocity halves, below the headroom', () => {
    const [full, half] = schedule([aNote('kick', 0, { velocity: 1 }), aNote('kick', 1, { velocity: 0.5 })]);
    expect(full?.gain).toBeCloseTo(HEADROOM, 9);
    expect(20 * Math.log10((half?.gain ?? 0) / (full?.gain ?? 1))).toBeCloseTo(-12.04, 2);
  });

  it('has the pad’s gain and pan', () => {
    const notes = [aNote('kick', 0, { velocity: 1 })];
    const kit = kitOfPattern(aPattern(notes), 48_000);
    const louder = { ...kit, pads: kit.pads.map(pad => ({ ...pad, gainDecibels: 2, pan: 0.7 })) };
    const [voice] = schedule(notes, {}, louder);
    expect(voice?.gain).toBeCloseTo(HEADROOM * gainOfDecibels(2), 9);
    expect(voice?.pan).toBe(0.7);
  });
});

describe('choke groups', () => {
  const releases = (notes: readonly Note[]): (number | null)[] =>
    schedule(notes).map(voice => voice.releaseFrame);

  it('let a hat silence the open one before it, at its own onset', () => {
    expect(releases([aNote('ohh', 0), aNote('chh', 2)])).toEqual([12_000, null]);
  });

  it('leave other instruments, and hats that had ended, alone', () => {
    expect(releases([aNote('crash', 0), aNote('ride', 2)])).toEqual([null, null]);
    const short = schedule([aNote('ohh', 0), aNote('chh', 2)], { hitFrames: () => 11_000 });
    expect(short.map(voice => voice.releaseFrame)).toEqual([null, null]);
  });

  it('let hats that start together ring together until the next', () => {
    expect(releases([aNote('chh', 0), aNote('ohh', 0), aNote('phh', 1)])).toEqual([6000, 6000, null]);
  });
});

it('makes voices that would ring past an end fall silent just before it', () => {
  const voices = schedule([aNote('kick', 0), aNote('crash', 4)]);
  expect(endVoices(voices, 60_000, 400).map(voice => voice.releaseFrame)).toEqual([null, 59_600]);
});

describe('which pad plays', () => {
  it('is the one that holds the note’s hit, else its instrument’s, else one of its role', () => {
    const notes = [aNote('kick', 0), aNote('snare', 4), aNote('chh', 8)];
    const kit = kitOfPattern(aPattern(notes), 48_000);
    const [kick, snare, hat] = kit.pads;
    if (!kick || !snare || !hat) throw new Error('three pads');
    const swapped = {
      ...kit,
      pads: [
        { ...kick, hits: snare.hits },
        { ...snare, hits: [] },
        { ...hat, hits: [] },
      ],
    };
    const other = schedule([aNote('snare', 0), aNote('ohh', 1)], {}, swapped);
    expect(other.map(voice => voice.padId)).toEqual([kick.id, hat.id]);
  });
});
