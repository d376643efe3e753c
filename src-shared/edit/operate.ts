import { fail, ok, type Result } from '../base';
import {
  type HitId,
  hitId,
  laneLines,
  laneSetting,
  nearestLine,
  type Note,
  type Pattern,
  patternTicks,
  ROLE_INSTRUMENT,
  STEP_TICKS,
  stepsOf,
  stepsPerBar,
  swingOf,
  tickOfStep,
  PLAIN,
  timeOf,
} from '../model';
import { clamp, type Ticks, ticks } from '../units';
import { apply, type Edit, NOTHING } from './edit';
import type { Operation, Selection } from './operation';
import { freshNames, hitBefore } from './put-hit';

/** An operation that the pattern cannot take: which value, and what it must be. */
export interface OperationProblem {
  readonly option: string;
  readonly value: string;
  readonly wanted: string;
}

/** The edit that does `operation` to `pattern`; one that selects nothing does nothing. */
export function editOf(pattern: Pattern, operation: Operation): Result<Edit, OperationProblem> {
  if (operation.op === 'set') return setHit(pattern, operation);
  const notes = selected(pattern, operation.where);
  if (operation.op === 'remove') return ok({ kind: 'remove', ids: notes.map(note => note.id) });
  const change = changeOf(pattern, operation);
  return ok({ kind: 'put', notes: notes.map(change) });
}

/** All `operations` in turn as one edit, each meaning the pattern that those before it leave. */
export function editOfAll(
  pattern: Pattern,
  operations: readonly Operation[],
): Result<Edit, OperationProblem> {
  let current = pattern;
  const edits: Edit[] = [];
  for (const operation of operations) {
    const edit = editOf(current, operation);
    if (!edit.ok) return edit;
    edits.push(edit.value);
    current = apply(current, edit.value).pattern;
  }
  return ok(edits.length === 0 ? NOTHING : { kind: 'all', edits });
}

/** The notes that `where` means; their bar and step are those of the event grid. */
export function selected(pattern: Pattern, where: Selection): Note[] {
  const stepAt = stepsOf(pattern.bars);
  const has = <Item>(list: readonly Item[] | undefined, item: Item): boolean => !list || list.includes(item);
  return pattern.notes.filter(note => {
    const { bar, step } = stepAt(note.at);
    return (
      has(where.role, note.role) &&
      has(where.instrument, note.instrument) &&
      has(where.bar, bar) &&
      has(where.step, step) &&
      has(where.id, note.id)
    );
  });
}

type NoteChange = (note: Note) => Note;

function changeOf(
  pattern: Pattern,
  operation: Exclude<Operation, { readonly op: 'set' | 'remove' }>,
): NoteChange {
  switch (operation.op) {
    case 'velocity': {
      const { set, scale = 1 } = operation;
      return note => ({ ...note, velocity: set ?? clamp(note.velocity * scale, 0, 1) });
    }
    case 'mute':
      return note => ({ ...note, muted: operation.muted });
    case 'shift':
      return operation.steps === undefined
        ? delayed(pattern, operation.ms ?? 0)
        : movedBySteps(pattern, operation.steps);
    case 'snap':
      return snapped(pattern);
  }
}

/** Plays each note `milliseconds` later; where it is written stays. */
export function delayed(pattern: Pattern, milliseconds: number): NoteChange {
  const time = timeOf(pattern);
  const swung = swingOf(pattern);
  return note => {
    const stand = swung(note.at) + note.feel;
    return { ...note, feel: note.feel + time.feelOf(stand, milliseconds) };
  };
}

/** Writes each note `steps` sixteenths later; what leaves one end of the loop comes in at the other. */
export function movedBySteps(pattern: Pattern, steps: number): NoteChange {
  const length = patternTicks(pattern);
  return note => {
    const moved = (note.at + steps * STEP_TICKS) % length;
    return { ...note, at: ticks(moved < 0 ? moved + length : moved) };
  };
}

/** Writes each note on the step of its row nearest to where it sounds. It goes on sounding there: the rest becomes its feel. */
export function snapped(pattern: Pattern): NoteChange {
  const swung = swingOf(pattern);
  const linesOf = linesByRow(pattern);
  return note => {
    const { lines, stands } = linesOf(note);
    const sounds = swung(note.at) + note.feel;
    const nearest = nearestLine(stands, sounds);
    return { ...note, at: lines[nearest] ?? ticks(0), feel: sounds - (stands[nearest] ?? 0) };
  };
}

/** The steps of a note's row, as they are written and as they stand once swung; found once for each row. */
export function linesByRow(
  pattern: Pattern,
): (row: Pick<Note, 'role' | 'instrument'>) => { readonly lines: Ticks[]; readonly stands: Ticks[] } {
  const swung = swingOf(pattern);
  const known = new Map<string, { readonly lines: Ticks[]; readonly stands: Ticks[] }>();
  return row => {
    const key = JSON.stringify(laneSetting(pattern, row).grid);
    const found = known.get(key);
    if (found) return found;
    const lines = laneLines(pattern, row);
    const made = { lines, stands: lines.map(swung) };
    known.set(key, made);
    return made;
  };
}

const NEW_NOTE = { velocity: 0.8, steps: 1 } as const;

function setHit(
  pattern: Pattern,
  operation: Extract<Operation, { readonly op: 'set' }>,
): Result<Edit, OperationProblem> {
  const { bar, step, role, instrument, velocity, micro_offset_ms, dur_steps, sample_id } = operation;
  const at = tickOfStep(pattern.bars, bar, step);
  if (at === null) return fail(outside(pattern, bar, step));
  const old = pattern.notes.find(
    note => note.at === at && note.role === role && (instrument ?? note.instrument) === note.instrument,
  );
  const playing = instrument ?? old?.instrument ?? ROLE_INSTRUMENT[role];
  const note: Note = {
    id: old?.id ?? freshNames(pattern)(`${bar}.${step}.${role}.${playing}`),
    role,
    instrument: playing,
    at,
    feel:
      micro_offset_ms === undefined
        ? (old?.feel ?? 0)
        : timeOf(pattern).feelOf(swingOf(pattern)(at), micro_offset_ms),
    velocity: velocity ?? old?.velocity ?? NEW_NOTE.velocity,
    length:
      dur_steps === undefined
        ? (old?.length ?? ticks(NEW_NOTE.steps * STEP_TICKS))
        : ticks(Math.max(1, Math.round(dur_steps * STEP_TICKS))),
    articulation: old?.articulation ?? PLAIN.articulation,
    ornament: old?.ornament ?? PLAIN.ornament,
    probability: old?.probability ?? PLAIN.probability,
    ratchet: old?.ratchet ?? PLAIN.ratchet,
    muted: old?.muted ?? PLAIN.muted,
    hit: sample_id === undefined ? (old?.hit ?? hitBefore(pattern, at, role, playing)) : toHit(sample_id),
    source: 'editor',
  };
  return ok({ kind: 'put', notes: [note] });
}

const toHit = (sampleId: string | null): HitId | null => (sampleId === null ? null : hitId(sampleId));

function outside(pattern: Pattern, bar: number, step: number): OperationProblem {
  const meter = pattern.bars[bar];
  return meter
    ? { option: 'step', value: String(step), wanted: `0 to ${stepsPerBar(meter) - 1} in bar ${bar}` }
    : { option: 'bar', value: String(bar), wanted: `0 to ${pattern.bars.length - 1}` };
}
