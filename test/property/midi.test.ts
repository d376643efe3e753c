import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventsOfPattern } from '#shared/compose';
import {
  decodeMidi,
  encodeMidi,
  GENERAL_MIDI,
  microsecondsPerQuarter,
  type Note,
  noteOfDrum,
  type Pattern,
  PLAIN_FRAME,
  performed,
  performedNotes,
  swingOf,
  timeOf,
} from '#shared/model';
import { midiVelocity } from '#shared/units';
import { anyPattern } from '#test/any-pattern';
import { readSmf } from '#test/read-smf';

const sounding = (pattern: Pattern): Note[] =>
  performedNotes(pattern).filter(note => !note.muted && note.velocity > 0);
/** Of the slowest tempo, where a tick is longest. */
const halfTickSeconds = ({ tempo, tempoChanges }: Pattern): number =>
  31.25 / Math.min(tempo, ...tempoChanges.map(change => change.tempo)) / 1000;

const velocities = (notes: readonly { readonly velocity: number }[]): number[] =>
  notes.map(note => note.velocity).toSorted((a, b) => a - b);

it('writes every onset within half a tick of the event grid, read back by an independent reader', () => {
  fc.assert(
    fc.property(anyPattern(), fc.constantFrom(0 as const, 1 as const), (pattern, type) => {
      const file = readSmf(encodeMidi(pattern, { type }));
      const wanted = eventsOfPattern({ ...performed(pattern), notes: sounding(pattern) })
        .map(event => ({
          start: event.start,
          key: noteOfDrum(GENERAL_MIDI, {
            instrument: event.instrument ?? 'kick',
            articulation: event.articulation ?? null,
          }),
          velocity: midiVelocity(event.vel),
        }))
        .sort((a, b) => a.key - b.key || a.start - b.start);
      const found = file.notes.toSorted((a, b) => a.key - b.key || a.seconds - b.seconds);
      expect(found.map(note => note.key)).toEqual(wanted.map(note => note.key));
      for (const [index, note] of found.entries()) {
        const error = Math.abs(note.seconds - (wanted[index]?.start ?? NaN));
        expect(error).toBeLessThanOrEqual(halfTickSeconds(pattern) * 1.00001 + 1e-9);
        expect(note.ticks).toBeGreaterThan(0);
      }
      expect(velocities(found)).toEqual(velocities(wanted));
    }),
  );
});

it('reads its own files back with every role, instrument, velocity and time', () => {
  fc.assert(
    fc.property(anyPattern(), pattern => {
      const decoded = decodeMidi(encodeMidi(pattern, { type: 1 }));
      if (!decoded.ok) throw new Error(decoded.failure.join('; '));
      const { pattern: back } = decoded.value;
      const describe = (each: Pattern) => {
        const swung = swingOf(each);
        const clock = timeOf(each);
        return sounding(each)
          .map(note => ({
            text: `${note.role} ${note.instrument}`,
            velocity: midiVelocity(note.velocity),
            time: Math.max(0, clock.secondsAt(swung(note.at) + note.feel)),
          }))
          .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.time - b.time));
      };
      const [wanted, found] = [describe(pattern), describe(back)];
      expect(found.map(({ text }) => text)).toEqual(wanted.map(({ text }) => text));
      for (const [index, { time }] of found.entries()) {
        expect(Math.abs(time - (wanted[index]?.time ?? NaN))).toBeLessThanOrEqual(
          // A fiftieth of a tick more where a round tempo was restored.
          halfTickSeconds(pattern) * 1.04 + 1e-9,
        );
      }
      expect(back.bars.slice(0, pattern.bars.length)).toEqual(pattern.bars);
      expect(microsecondsPerQuarter(back.tempo)).toBe(microsecondsPerQuarter(pattern.tempo));
    }),
  );
});

it('never throws on bytes that are no MIDI file, or a broken one', () => {
  const whole = [
    ...encodeMidi(
      {
        ...PLAIN_FRAME,
        tempo: 120,
        bars: [{ numerator: 4, denominator: 4 }],
        notes: [],
      },
      { type: 1 },
    ),
  ];
  const broken = fc
    .tuple(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length))
    .map(([at, value, length]) => Uint8Array.from(whole.with(at, value).slice(0, length)));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), broken), bytes => {
      const decoded = decodeMidi(bytes);
      expect(decoded.ok || decoded.failure.length > 0).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
