import * as fc from 'fast-check';
import {
  alikePlaced,
  asRow,
  atTempoFromBar,
  atTempoHere,
  type BarRange,
  chanced,
  clipOf,
  type Edit,
  editOf,
  everyNth,
  grooved,
  grown,
  inRange,
  inverted,
  moved,
  muted,
  NOTHING,
  nudged,
  offset,
  onRows,
  type Operation,
  ornamentToggled,
  pasted,
  putNote,
  quantised,
  ratcheted,
  replacement,
  shrunk,
  stepped,
  struck,
  struckAlongLine,
  struckBeyond,
  struckHarder,
  struckInProportion,
  withBarCount,
  withBarsInserted,
  withBarsTwice,
  withGrid,
  withMeter,
  withoutBars,
  withRowLength,
} from '#shared/edit';
import {
  DIVISIONS,
  INSTRUMENTS,
  laneLines,
  type Note,
  type NoteId,
  ORNAMENTS,
  type Pattern,
  ROLES,
} from '#shared/model';
import { anyMeter, anyPattern } from './any-pattern';

const where = fc.record(
  {
    role: fc.array(fc.constantFrom(...ROLES), { maxLength: 3 }),
    instrument: fc.array(fc.constantFrom(...INSTRUMENTS), { maxLength: 6 }),
    bar: fc.array(fc.nat(4), { maxLength: 3 }),
    step: fc.array(fc.nat(15), { maxLength: 8 }),
  },
  { requiredKeys: [] },
);
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** What the command line and the stage can do. */
const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    op: fc.constant('set' as const),
    bar: fc.nat(5),
    step: fc.nat(15),
    role: fc.constantFrom(...ROLES),
    velocity: share,
    micro_offset_ms: fc.double({ min: -30, max: 30, noNaN: true }),
  }),
  fc.record({ op: fc.constant('remove' as const), where }),
  fc.record({
    op: fc.constant('velocity' as const),
    where,
    scale: fc.double({ min: 0, max: 3, noNaN: true }),
  }),
  fc.record({ op: fc.constant('mute' as const), where, muted: fc.boolean() }),
  fc.record({ op: fc.constant('shift' as const), where, ms: fc.double({ min: -40, max: 40, noNaN: true }) }),
  fc.record({ op: fc.constant('shift' as const), where, steps: fc.integer({ min: -40, max: 40 }) }),
  fc.record({ op: fc.constant('snap' as const), where }),
);

/** Which notes a gesture means: by the places of a few in the pattern, widened by one of the selecting functions. */
const anySelection = fc.record({
  some: fc.array(fc.nat(60), { maxLength: 12 }),
  by: fc.constantFrom(
    'these',
    'range',
    'nth',
    'step',
    'beat',
    'louder',
    'softer',
    'invert',
    'grow',
    'shrink',
  ),
  number: fc.integer({ min: 1, max: 127 }),
});
type Selecting = typeof anySelection extends fc.Arbitrary<infer S> ? S : never;

function selectedBy(pattern: Pattern, { some, by, number }: Selecting): Note[] {
  const these = new Set<NoteId>(some.flatMap(place => pattern.notes[place]?.id ?? []));
  const ids = (): ReadonlySet<NoteId> => {
    switch (by) {
      case 'range':
        return inRange(pattern, number * 10, number * 100);
      case 'nth':
        return everyNth(pattern.notes, number, 1);
      case 'step':
      case 'beat':
        return alikePlaced(pattern, these, by);
      case 'louder':
      case 'softer':
        return struckBeyond(pattern.notes, by, number);
      case 'invert':
        return inverted(pattern.notes, these);
      case 'grow':
        return grown(pattern, these);
      case 'shrink':
        return shrunk(pattern, these);
      default:
        return these;
    }
  };
  const chosen = ids();
  return pattern.notes.filter(note => chosen.has(note.id));
}

const anyRow = fc.record({
  role: fc.constantFrom(...ROLES),
  instrument: fc.constantFrom(...INSTRUMENTS),
  hit: fc.constant(null),
});
/** A range of a pattern's bars, from two numbers; now and then one that is no range. */
const anyBars = fc.tuple(fc.nat(11), fc.nat(11)).map(([first, more]) => ({ bars }: Pattern): BarRange => {
  const from = first % bars.length;
  return first > 10 ? { from: first, to: more } : { from, to: from + 1 + (more % (bars.length - from)) };
});
const anyVelocity = fc.integer({ min: 1, max: 127 });

type Doing = (pattern: Pattern, notes: readonly Note[]) => Edit;
/** What was done, for the report of a failure, and the doing itself. */
export interface AnyGesture {
  readonly kind: string;
  readonly value: unknown;
  readonly edit: Doing;
}

const doing = <Value>(
  kind: string,
  values: fc.Arbitrary<Value>,
  edit: (value: Value) => Doing,
): fc.Arbitrary<AnyGesture> => values.map(value => ({ kind, value, edit: edit(value) }));

const milliseconds = fc.double({ min: -600, max: 600, noNaN: true });

/** One of everything that the editor can do to hits that are selected. */
const onNotes = fc.oneof(
  doing('nudge', milliseconds, by => (pattern, notes) => nudged(pattern, notes, by)),
  doing('offset', milliseconds, to => (pattern, notes) => offset(pattern, notes, to)),
  doing('velocity', anyVelocity, to => (_, notes) => struck(notes, to)),
  doing('harder', fc.integer({ min: -140, max: 140 }), by => (_, notes) => struckHarder(notes, by)),
  doing(
    'in proportion',
    fc.double({ min: 0, max: 4, noNaN: true }),
    by => (_, notes) => struckInProportion(notes, by),
  ),
  doing(
    'along a line',
    fc.tuple(anyVelocity, anyVelocity),
    ([from, to]) =>
      (_, notes) =>
        struckAlongLine(notes, from, to),
  ),
  doing('chance', share, to => (_, notes) => chanced(notes, to)),
  doing('ornament', fc.constantFrom(...ORNAMENTS), to => (_, notes) => ornamentToggled(notes, to)),
  doing('ratchet', fc.integer({ min: -2, max: 12 }), to => (_, notes) => ratcheted(notes, to)),
  doing('mute', fc.boolean(), is => (_, notes) => muted(notes, is)),
  doing('other row', anyRow, row => (_, notes) => onRows(notes, () => row)),
  doing(
    'move',
    fc.tuple(fc.integer({ min: -9000, max: 9000 }), fc.option(anyRow)),
    ([by, row]) =>
      (pattern, notes) =>
        moved(pattern, notes, by, note => row ?? note),
  ),
  doing('step', fc.integer({ min: -40, max: 40 }), by => (pattern, notes) => stepped(pattern, notes, by)),
  doing('quantise', share, strength => (pattern, notes) => quantised(pattern, notes, strength)),
  doing('cut', fc.constant(null), () => (_, notes) => ({ kind: 'remove', ids: notes.map(({ id }) => id) })),
  doing(
    'paste',
    fc.record({ at: fc.nat(20_000), straight: fc.boolean(), row: fc.option(anyRow) }),
    ({ at, straight, row }) =>
      (pattern, notes) => {
        const clip = clipOf(pattern, notes);
        const pasting = straight ? ({ kind: 'places', velocity: 0.8 } as const) : ({ kind: 'hits' } as const);
        return clip ? pasted(pattern, clip, at, pasting, row) : NOTHING;
      },
  ),
  doing('paste the groove', anySelection, onto => (pattern, notes) => {
    const clip = clipOf(pattern, notes);
    return clip ? grooved(pattern, clip, selectedBy(pattern, onto)) : NOTHING;
  }),
);

/** One of everything that it can do to rows, bars and tempo. */
const onFrame = fc.oneof(
  doing(
    'put',
    fc.record({ row: anyRow, step: fc.nat(120), velocity: share }),
    ({ row, step, velocity }) =>
      pattern =>
        putNote(pattern, { ...row, velocity, muted: false, at: laneLines(pattern, row)[step] ?? -1 }),
  ),
  doing(
    'grid',
    fc.tuple(anyRow, fc.array(fc.constantFrom(...DIVISIONS), { maxLength: 4 })),
    ([row, grid]) =>
      pattern =>
        withGrid(pattern, row, grid),
  ),
  doing(
    'length',
    fc.tuple(anyRow, fc.option(fc.integer({ min: -5, max: 9000 }))),
    ([row, length]) =>
      pattern =>
        withRowLength(pattern, row, length),
  ),
  doing(
    'as another row',
    fc.tuple(anyRow, anyRow),
    ([from, to]) =>
      pattern =>
        asRow(pattern, from, to, note => note.hit),
  ),
  doing(
    'meter',
    fc.tuple(anyBars, anyMeter),
    ([bars, meter]) =>
      pattern =>
        withMeter(pattern, bars(pattern), meter),
  ),
  doing(
    'insert',
    fc.tuple(fc.nat(7), fc.array(anyMeter, { maxLength: 3 })),
    ([at, meters]) =>
      pattern =>
        withBarsInserted(pattern, at, meters),
  ),
  doing('delete', anyBars, bars => pattern => withoutBars(pattern, bars(pattern))),
  doing('duplicate', anyBars, bars => pattern => withBarsTwice(pattern, bars(pattern))),
  doing('count', fc.nat(9), to => pattern => withBarCount(pattern, to)),
  doing(
    'tempo',
    fc.tuple(fc.nat(6), fc.option(fc.integer({ min: 20, max: 400 }))),
    ([bar, to]) =>
      pattern =>
        atTempoFromBar(pattern, bar, to),
  ),
  doing(
    'tempo here',
    fc.tuple(fc.nat(40_000), fc.integer({ min: 20, max: 400 })),
    ([at, to]) =>
      pattern =>
        atTempoHere(pattern, at, to),
  ),
  doing('swing', fc.integer({ min: 50, max: 75 }), percent => ({ swing }) => ({
    kind: 'frame',
    frame: { swing: { ...swing, percent } },
  })),
  doing('another pattern', anyPattern({ mostNotes: 8 }), next => pattern => replacement(pattern, next)),
  doing('operation', anyOperation, operation => pattern => {
    const edit = editOf(pattern, operation);
    return edit.ok ? edit.value : NOTHING;
  }),
);

/** A gesture of the user: anything that leaves a step in the history. */
export const anyGesture: fc.Arbitrary<AnyGesture> = fc.oneof(
  fc.tuple(anySelection, onNotes).map(([selecting, { kind, value, edit }]) => ({
    kind,
    value: { selecting, value },
    edit: (pattern: Pattern) => edit(pattern, selectedBy(pattern, selecting)),
  })),
  onFrame,
);
