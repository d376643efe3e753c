import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kitOfPattern } from '#shared/mix';
import type { Pattern } from '#shared/model';
import { anyPattern } from '#test/any-pattern';
import { Sequencer, type Stroke } from '../../../src-renderer/playback/sequencer';
import type { Program } from '../../../src-renderer/playback/program';

const RATE = 48_000;
const START = { section: 0, ticks: 0, along: 0 };

const programOf = (pattern: Pattern, more: Partial<Program> = {}): Program => ({
  sections: [{ gainDecibels: 0, pattern, kit: kitOfPattern(pattern, RATE), hits: [], silent: new Set() }],
  isLooping: true,
  loop: null,
  hasClick: false,
  song: null,
  ...more,
});
const sequencer = (): Sequencer =>
  new Sequencer(RATE, () => ({ hitFrames: () => 2000, preRollFrames: () => 100 }));
const nameOf = ({ leg, voice, startFrame, onsetFrame }: Stroke): string =>
  `${leg.pass} ${voice.noteId} ${startFrame} ${onsetFrame}`;

/** Moments at which the window takes its turns, up to some seconds apart. */
const anyTurns = fc
  .array(fc.integer({ min: 1, max: 900 }), { minLength: 5, maxLength: 40 })
  .map(gaps => gaps.map((_, index) => gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0) / 1000));

describe('any pattern, at whatever moments the window takes its turns', () => {
  it('gives each stroke once and none too late', () => {
    fc.assert(
      fc.property(anyPattern(), anyTurns, (pattern, turns) => {
        const at = sequencer();
        at.start(programOf(pattern), START, 0.05);
        const names: string[] = [];
        for (const now of turns) {
          const { strokes } = at.take(now + 0.5, now);
          expect(strokes.every(({ onsetFrame }) => onsetFrame >= now * RATE)).toBe(true);
          names.push(...strokes.map(nameOf));
        }
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 60 },
    );
  });

  it('plays on as if nothing had been done when it is replaced by itself', () => {
    fc.assert(
      fc.property(anyPattern(), anyTurns, (pattern, turns) => {
        const [plain, replaced] = [sequencer(), sequencer()];
        for (const at of [plain, replaced]) at.start(programOf(pattern), START, 0.05);
        const heard: string[][] = [[], []];
        for (const [turn, now] of turns.entries()) {
          const wanted = plain.take(now + 0.95, now).strokes;
          heard[0]?.push(...wanted.map(nameOf));
          if (turn % 2 === 1) {
            // What begins after the cut is taken back and asked for again.
            const cut = now + 0.015;
            const kept = (heard[1] ?? []).filter(
              name => Number(name.split(' ').at(-2)) < Math.ceil(cut * RATE),
            );
            heard[1] = kept;
            replaced.replace(programOf(pattern), cut);
          }
          heard[1]?.push(...replaced.take(now + 0.95, now).strokes.map(nameOf));
        }
        expect(heard[1]?.toSorted()).toEqual(heard[0]?.toSorted());
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the position through any changes of tempo', () => {
    fc.assert(
      fc.property(
        anyPattern(),
        fc.array(fc.integer({ min: 20, max: 400 }), { minLength: 1, maxLength: 10 }),
        (pattern, tempos) => {
          const at = sequencer();
          at.start(programOf(pattern), START, 0);
          for (const [turn, tempo] of tempos.entries()) {
            const now = 0.3 + turn * 0.37;
            at.take(now + 0.5, now);
            const before = at.positionAt(now + 0.01)?.ticks ?? 0;
            at.replace(programOf({ ...pattern, tempo }), now + 0.01);
            expect(at.positionAt(now + 0.01)?.ticks).toBeCloseTo(before, 4);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
