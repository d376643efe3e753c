import * as fc from 'fast-check';
import {
  hitId,
  INSTRUMENTS,
  type LaneSetting,
  type Meter,
  MeterSchema,
  MOST_RATCHETS,
  NOTE_SOURCES,
  PLAIN_MIX,
  DIVISIONS,
  type Note,
  noteId,
  ORNAMENTS,
  type Pattern,
  patternTicks,
  ROLES,
  sortedNotes,
} from '#shared/model';
import { ticks } from '#shared/units';

export const anyMeter: fc.Arbitrary<Meter> = fc
  .record({ numerator: fc.integer({ min: 1, max: 16 }), denominator: fc.constantFrom(2, 4, 8, 16) })
  .map(value => MeterSchema.parse(value));

/** Feel up to 50 ticks either way, to a millionth of a tick, which is as fine as files hold it. */
const anyFeel = fc
  .integer({ min: -50_000_000, max: 50_000_000 })
  .map(millionths => millionths / 1e6)
  .filter(feel => !Object.is(feel, -0));

const anyLane: fc.Arbitrary<LaneSetting> = fc.record({
  role: fc.constantFrom(...ROLES),
  instrument: fc.constantFrom(...INSTRUMENTS),
  grid: fc.array(fc.constantFrom(...DIVISIONS), { minLength: 1, maxLength: 4 }),
  length: fc.option(fc.integer({ min: 1, max: 30 }).map(steps => ticks(steps * 240))),
});

const anyNote = (end: number): fc.Arbitrary<Omit<Note, 'id'>> =>
  fc.record({
    role: fc.constantFrom(...ROLES),
    instrument: fc.constantFrom(...INSTRUMENTS),
    articulation: fc.constantFrom(null, null, 'edge', 'second', 'rimshot', 'note-100'),
    at: fc
      .oneof(
        fc.integer({ min: 0, max: end / 240 - 1 }).map(step => step * 240),
        fc.integer({ min: 0, max: end - 1 }),
      )
      .map(ticks),
    feel: anyFeel,
    velocity: fc.integer({ min: 0, max: 127 }).map(value => value / 127),
    length: fc.integer({ min: 1, max: 4000 }).map(ticks),
    ornament: fc.constantFrom(...ORNAMENTS),
    probability: fc.integer({ min: 0, max: 100 }).map(value => value / 100),
    ratchet: fc.integer({ min: 1, max: MOST_RATCHETS }),
    muted: fc.boolean(),
    hit: fc.option(fc.constantFrom('a', 'b', 'c').map(hitId)),
    source: fc.constantFrom(...NOTE_SOURCES),
  });

/** Patterns of any meters, tempo, swing and notes; `mostNotes` may fall on one another. */
export const anyPattern = ({ mostBars = 6, mostNotes = 40 } = {}): fc.Arbitrary<Pattern> =>
  fc
    .record({
      tempo: fc.oneof(
        fc.integer({ min: 20, max: 400 }),
        fc.integer({ min: 2000, max: 40_000 }).map(hundredths => hundredths / 100),
      ),
      bars: fc.array(anyMeter, { minLength: 1, maxLength: mostBars }),
      tempoChanges: fc
        .uniqueArray(
          fc.record({ at: fc.integer({ min: 1, max: 40_000 }), tempo: fc.integer({ min: 20, max: 400 }) }),
          {
            maxLength: 3,
            selector: ({ at }) => at,
          },
        )
        .map(changes => changes.sort((a, b) => a.at - b.at)),
      lanes: fc.uniqueArray(anyLane, {
        maxLength: 3,
        selector: ({ role, instrument }) => `${role} ${instrument}`,
      }),
      mix: fc.constant(PLAIN_MIX),
      swing: fc.record({
        percent: fc.integer({ min: 50, max: 75 }),
        base: fc.constantFrom('8th' as const, '16th' as const),
      }),
    })
    .chain(frame =>
      fc.array(anyNote(patternTicks(frame)), { maxLength: mostNotes }).map(notes => ({
        ...frame,
        notes: sortedNotes(notes.map((note, index) => ({ ...note, id: noteId(`n${index}`) }))),
      })),
    );
