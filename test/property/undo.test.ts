import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from '#shared/base';
import {
  apply,
  commit,
  type Edit,
  editOf,
  type History,
  historyOf,
  type Operation,
  redo,
  replacement,
  undo,
  withBars,
} from '#shared/edit';
import { INSTRUMENTS, laneLines, type Pattern, patternTicks, ROLES, swingOf } from '#shared/model';
import { anyPattern } from '#test/any-pattern';

const where = fc.record(
  {
    role: fc.array(fc.constantFrom(...ROLES), { maxLength: 3 }),
    instrument: fc.array(fc.constantFrom(...INSTRUMENTS), { maxLength: 6 }),
    bar: fc.array(fc.nat(4), { maxLength: 3 }),
    step: fc.array(fc.nat(15), { maxLength: 8 }),
  },
  { requiredKeys: [] },
);
const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    op: fc.constant('set' as const),
    bar: fc.nat(5),
    step: fc.nat(15),
    role: fc.constantFrom(...ROLES),
    velocity: fc.double({ min: 0, max: 1, noNaN: true }),
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

/** A gesture of the user: an operation, a whole new groove, or other bars. */
const anyGesture = fc.oneof(
  { weight: 8, arbitrary: anyOperation.map(operation => ({ kind: 'operation' as const, operation })) },
  { weight: 1, arbitrary: anyPattern({ mostNotes: 8 }).map(next => ({ kind: 'replace' as const, next })) },
  { weight: 1, arbitrary: fc.nat(3).map(dropped => ({ kind: 'shorten' as const, dropped })) },
);

function editFor(
  pattern: Pattern,
  gesture: typeof anyGesture extends fc.Arbitrary<infer G> ? G : never,
): Edit | null {
  if (gesture.kind === 'replace') return replacement(pattern, gesture.next);
  if (gesture.kind === 'shorten') {
    return withBars(pattern, pattern.bars.slice(0, Math.max(1, pattern.bars.length - gesture.dropped)));
  }
  const edit = editOf(pattern, gesture.operation);
  return edit.ok ? edit.value : null;
}

it('takes any n edits back in n undos, byte for byte, and makes them again in n redos', () => {
  fc.assert(
    fc.property(anyPattern(), fc.array(anyGesture, { maxLength: 12 }), (start, gestures) => {
      const states: Pattern[] = [start];
      let history: History = historyOf(start);
      for (const gesture of gestures) {
        const edit = editFor(history.pattern, gesture);
        if (edit) history = commit(history, gesture.kind, edit);
        if (history.undo.length === states.length) states.push(history.pattern);
      }
      for (const state of states.toReversed().slice(1)) {
        history = undo(history);
        expect(canonicalJson(history.pattern)).toBe(canonicalJson(state));
      }
      expect(history.undo).toEqual([]);
      for (const state of states.slice(1)) {
        history = redo(history);
        expect(canonicalJson(history.pattern)).toBe(canonicalJson(state));
      }
      expect(history.redo).toEqual([]);
    }),
  );
});

it('keeps the invariants of a pattern through any edit', () => {
  fc.assert(
    fc.property(anyPattern(), anyGesture, (start, gesture) => {
      const edit = editFor(start, gesture);
      if (!edit) return;
      const { pattern } = apply(start, edit);
      const end = patternTicks(pattern);
      expect(new Set(pattern.notes.map(note => note.id)).size).toBe(pattern.notes.length);
      for (const note of pattern.notes) {
        expect(Number.isInteger(note.at) && note.at >= 0 && note.at < end).toBe(true);
        expect(note.velocity >= 0 && note.velocity <= 1).toBe(true);
      }
    }),
  );
});

it('snaps without moving a single sound, however far the grid swings', () => {
  fc.assert(
    fc.property(anyPattern(), pattern => {
      const edit = editOf(pattern, { op: 'snap', where: {} });
      if (!edit.ok) throw new Error('snap was refused');
      const snapped = apply(pattern, edit.value).pattern;
      const swung = swingOf(pattern);
      const sounds = new Map(pattern.notes.map(note => [note.id, swung(note.at) + note.feel]));
      for (const note of snapped.notes) {
        expect(swung(note.at) + note.feel).toBeCloseTo(sounds.get(note.id) ?? NaN, 6);
        const lines = laneLines(pattern, note);
        const place = lines.indexOf(note.at);
        expect(place).toBeGreaterThanOrEqual(0);
        const others = [lines[place - 1], lines[place + 1]].filter(at => at !== undefined);
        const distances = others.map(at => Math.abs((sounds.get(note.id) ?? NaN) - swung(at)));
        expect(Math.min(...distances, Infinity)).toBeGreaterThanOrEqual(Math.abs(note.feel) - 1e-6);
      }
    }),
  );
});
