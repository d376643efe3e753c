import { describe, expect, it } from 'vitest';
import { apply } from '#shared/edit';
import { midiVelocity } from '#shared/units';
import { aNote, aPattern } from '#test/pattern';
import { gridRows } from '../../../src-renderer/screens/groove/grid-rows';
import { xOfTicks } from '../../../src-renderer/screens/groove/geometry';
import { beginDrag, dragValues, goOn } from '../../../src-renderer/screens/groove/value-drag';
import { VALUE_KINDS, valueOfY, yOfValue } from '../../../src-renderer/screens/groove/value-kinds';
import { lanesOf } from '../../../src-renderer/state/lanes';

const notes = [0, 4, 8].map(step => aNote('kick', step, { velocity: 64 / 127 }));
const pattern = aPattern(notes);
const lanes = lanesOf(undefined, pattern);
const [row] = gridRows(pattern, lanes, null).rows;
if (!row) throw new Error('no row');
const values = VALUE_KINDS.velocity;
const lane = { row, values, stepWidth: 20, height: 100 };
const point = (step: number, velocity: number) => ({
  x: xOfTicks(step * 240, 20),
  y: yOfValue(values, velocity, 100),
});
const NOTHING = new Set<never>();

describe('drags in the lane of values', () => {
  it('turns values into px and back, and keeps them in range', () => {
    for (const kind of Object.values(VALUE_KINDS))
      for (const value of kind.lines) expect(valueOfY(kind, yOfValue(kind, value, 112), 112)).toBe(value);
    expect(valueOfY(values, -100, 100)).toBe(127);
    expect(valueOfY(values, 500, 100)).toBe(1);
  });

  it('draws over every stem that it passes, however few moves the pointer made', () => {
    const begun = beginDrag(lane, point(0, 20), NOTHING).drag;
    const drag = goOn(lane, begun, point(8, 100), false);
    const drawn = dragValues(lane, drag, point(8, 100), notes, NOTHING);
    expect(drawn.notes.map(drawn.value)).toEqual([20, 60, 100]);
    const gesture = values.set(drawn.notes, drawn.value, lanes);
    const after = gesture && apply(pattern, gesture.edit).pattern;
    expect(after?.notes.map(note => midiVelocity(note.velocity))).toEqual([20, 60, 100]);
  });

  it('with Shift draws one straight line from where it began', () => {
    const begun = beginDrag(lane, point(0, 20), NOTHING).drag;
    const wild = goOn(lane, begun, point(4, 127), true);
    const drag = goOn(lane, wild, point(8, 100), true);
    const drawn = dragValues(lane, drag, point(8, 100), notes, NOTHING);
    expect(drawn.notes.map(drawn.value)).toEqual([20, 60, 100]);
  });

  it('moves all that is selected by as much when it begins at the head of one', () => {
    const selection = new Set([notes[0].id, notes[2].id]);
    const begun = beginDrag(lane, point(8, 64), selection);
    expect(begun.drag.kind).toBe('all');
    const moved = dragValues(lane, begun.drag, point(8, 84), notes, selection);
    expect(moved.notes.map(moved.value)).toEqual([84, 84]);
    expect(moved.notes).toHaveLength(2);
  });

  it('draws chances as it draws velocities', () => {
    const chances = VALUE_KINDS.chance;
    const gesture = chances.set([notes[1]], 60, lanes);
    const after = gesture && apply(pattern, gesture.edit).pattern;
    expect(after?.notes.map(chances.of)).toEqual([100, 60, 100]);
  });
});
