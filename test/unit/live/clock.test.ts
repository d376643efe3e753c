import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLOCK, type ClockedLeg, CONTINUE, MidiClock, START, type TimedBytes } from '#shared/live';
import { timeOf } from '#shared/model';

/** `length` ticks from `from` at a tempo, that begin at `begin` on the clock. */
function leg(tempo: number, begin: number, from: number, length: number, pass = 0): ClockedLeg {
  const time = timeOf({ tempo, tempoChanges: [] });
  const origin = begin - time.secondsAt(from);
  return { pass, origin, begin, end: origin + time.secondsAt(from + length), time };
}

const clocks = (messages: readonly TimedBytes[]): number[] =>
  messages.filter(({ bytes }) => bytes[0] === CLOCK).map(({ time }) => time);

describe('the MIDI clock', () => {
  it('beats 24 times a quarter, the first with the first beat, after the start', () => {
    const messages = new MidiClock().between(10, 12, [leg(120, 10, 0, 3840)]);
    expect(messages.slice(0, 2).map(({ bytes }) => bytes)).toEqual([[0xf2, 0, 0], [START]]);
    expect(clocks(messages)).toHaveLength(96);
    expect(clocks(messages)[0]).toBeCloseTo(10, 9);
    expect(clocks(messages)[24]).toBeCloseTo(10.5, 9);
  });

  it('continues from the next sixteenth where playing begins inside one', () => {
    const messages = new MidiClock().between(0, 1, [leg(120, 0, 1000, 3840)]);
    expect(messages[0]?.bytes).toEqual([0xf2, 5, 0]);
    const at = messages.findIndex(({ bytes }) => bytes[0] === CONTINUE);
    expect(messages[at + 1]?.time).toBeCloseTo(200 / 1920, 9);
    expect(messages.slice(1, at).every(({ bytes }) => bytes[0] === CLOCK)).toBe(true);
  });

  it('beats through the count-in and starts when that is over', () => {
    const countIn = leg(120, 0, 0, 3840, -1);
    const messages = new MidiClock().between(0, 4, [countIn, leg(120, 2, 0, 3840)]);
    const start = messages.find(({ bytes }) => bytes[0] === START);
    expect(start?.time).toBeCloseTo(1.999, 6);
    expect(clocks(messages)).toHaveLength(192);
  });

  it('neither loses nor doubles a clock, however time is cut, over loops and live tempo changes', () => {
    const legs = fc.array(
      fc.record({ tempo: fc.integer({ min: 40, max: 300 }), ticks: fc.integer({ min: 100, max: 5000 }) }),
      { minLength: 1, maxLength: 6 },
    );
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });
    fc.assert(
      fc.property(legs, cuts, (wishes, shares) => {
        let begin = 0;
        let total = 0;
        const played = wishes.map(({ tempo, ticks }) => {
          const made = leg(tempo, begin, 0, ticks);
          begin = made.end;
          total += ticks;
          return made;
        });
        const clock = new MidiClock();
        const edges = [0, ...shares.map(share => share * begin), begin].sort((a, b) => a - b);
        const times = edges.slice(1).flatMap((to, at) => clocks(clock.between(edges[at] ?? 0, to, played)));
        expect(times).toHaveLength(Math.ceil((total - 1e-4) / 40));
        for (const [at, time] of times.entries()) {
          expect(time).toBeGreaterThanOrEqual(times[at - 1] ?? 0);
        }
      }),
    );
  });
});
