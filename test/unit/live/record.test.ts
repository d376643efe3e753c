import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '#shared/edit';
import { noteOfHit, type PlayedHit, recordedEdit, type RecordOptions } from '#shared/live';
import { swingOf, timeOf } from '#shared/model';
import { aNote, aPattern } from '#test/pattern';

const hit = (at: number, more: Partial<PlayedHit> = {}): PlayedHit => ({
  role: 'CORE',
  instrument: 'kick',
  articulation: null,
  at,
  velocity: 0.7,
  ...more,
});
const whole: RecordOptions = { quantise: 0, loop: { from: 0, to: 3840 }, replaced: null };

describe('a hit that is played in', () => {
  const pattern = aPattern([]);

  it('stands on its row’s nearest step, the rest is its feel', () => {
    const { at, feel, length } = noteOfHit(pattern, hit(495), whole);
    expect([at, feel, length]).toEqual([480, 15, 240]);
    expect(noteOfHit(pattern, hit(465), whole)).toMatchObject({ at: 480, feel: -15 });
  });

  it('is taken to its line by as much as is asked for', () => {
    expect(noteOfHit(pattern, hit(500), { ...whole, quantise: 0.5 }).feel).toBeCloseTo(10, 9);
    expect(noteOfHit(pattern, hit(500), { ...whole, quantise: 1 }).feel).toBe(0);
  });

  it('belongs to the loop’s start where it is pushed over its end, or came before it in the count-in', () => {
    for (const at of [3830, -10])
      expect(noteOfHit(pattern, hit(at), whole)).toMatchObject({ at: 0, feel: -10 });
    const second = { ...whole, loop: { from: 1920, to: 3840 } };
    expect(noteOfHit(pattern, hit(3830), second)).toMatchObject({ at: 1920, feel: -10 });
    expect(noteOfHit(pattern, hit(1910), second)).toMatchObject({ at: 1920, feel: -10 });
  });

  it('sounds where it was played, under any swing and tempo', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 3700, noNaN: true }),
        fc.integer({ min: 50, max: 75 }),
        fc.integer({ min: 40, max: 300 }),
        (at, percent, tempo) => {
          const swung = aPattern([], { tempo, swing: { percent, base: '16th' } });
          const note = noteOfHit(swung, hit(at), whole);
          const sounds = timeOf(swung).secondsAt(swingOf(swung)(note.at) + note.feel);
          expect(sounds).toBeCloseTo(timeOf(swung).secondsAt(at), 9);
        },
      ),
    );
  });
});

describe('a pass that is played in', () => {
  it('adds its hits, the last one of a step, in place of what stood there', () => {
    const pattern = aPattern([aNote('kick', 0), aNote('snare', 4)]);
    const made = recordedEdit(pattern, [hit(3), hit(9), hit(960)], whole);
    expect(made?.label).toBe('Overdub 2 hits');
    const { pattern: after } = apply(pattern, made?.edit ?? { kind: 'all', edits: [] });
    expect(after.notes.map(({ at, feel, instrument }) => [instrument, at, feel])).toEqual([
      ['kick', 0, 9],
      ['snare', 960, 0],
      ['kick', 960, 0],
    ]);
  });

  it('replaces the rows that are played, as far as it went', () => {
    const pattern = aPattern([aNote('kick', 0), aNote('kick', 8), aNote('kick', 15), aNote('snare', 8)]);
    const made = recordedEdit(pattern, [hit(480)], { ...whole, replaced: { from: 0, to: 3000 } });
    expect(made?.label).toBe('Record 1 hit');
    const { pattern: after, inverse } = apply(pattern, made?.edit ?? { kind: 'all', edits: [] });
    expect(after.notes.map(({ at, instrument }) => [instrument, at])).toEqual([
      ['kick', 480],
      ['snare', 1920],
      ['kick', 3600],
    ]);
    expect(apply(after, inverse).pattern).toEqual(pattern);
  });

  it('is no step when nothing was played', () => {
    expect(recordedEdit(aPattern([]), [], whole)).toBeNull();
  });
});
