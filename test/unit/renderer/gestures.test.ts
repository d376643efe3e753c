import { describe, expect, it } from 'vitest';
import { apply } from '#shared/edit';
import type { Pattern } from '#shared/model';
import { midiVelocity, millisecondsOfTicks } from '#shared/units';
import { aNote, aPattern, late } from '#test/pattern';
import * as gesture from '../../../src-renderer/screens/groove/gestures';
import {
  rowSteps,
  setGrid,
  setRowSteps,
  toggleMute,
} from '../../../src-renderer/screens/groove/row-gestures';
import { lanesOf, roleLanes } from '../../../src-renderer/state/lanes';

const offsets = (pattern: Pattern): number[] =>
  pattern.notes.map(note => Math.round(millisecondsOfTicks(note.feel, pattern.tempo) * 1000) / 1000);

const snareLate = aNote('snare', 4, late(5));
const kick = aNote('kick', 0);
const pattern = aPattern([kick, snareLate]);
const lanes = lanesOf(undefined, pattern);

describe('gestures on the grid', () => {
  it('nudges by milliseconds and leaves where the hit is written', () => {
    const after = apply(pattern, gesture.nudge(pattern, [snareLate], 7, lanes).edit).pattern;
    expect(offsets(after)).toEqual([0, 12]);
    expect(after.notes.map(note => note.at)).toEqual([0, 960]);
  });

  it('keeps the differences between several hits that are nudged, and levels those that are set', () => {
    const all = pattern.notes;
    expect(offsets(apply(pattern, gesture.nudge(pattern, all, -3, lanes).edit).pattern)).toEqual([-3, 2]);
    expect(offsets(apply(pattern, gesture.setOffsets(pattern, all, 9, lanes).edit).pattern)).toEqual([9, 9]);
  });

  it('keeps velocities within 1 to 127', () => {
    const loud = gesture.addVelocity([{ ...kick, velocity: 1 }], 5, lanes).edit;
    const soft = gesture.addVelocity([{ ...kick, velocity: 1 / 127 }], -5, lanes).edit;
    for (const [edit, wanted] of [
      [loud, 127],
      [soft, 1],
    ] as const) {
      const after = apply(pattern, edit).pattern.notes.find(note => note.id === kick.id);
      expect(after && midiVelocity(after.velocity)).toBe(wanted);
    }
  });

  it('makes ghosts and makes them full again', () => {
    const ghosted = apply(pattern, gesture.toggleGhost([kick], lanes).edit).pattern;
    const ghost = ghosted.notes.filter(note => note.id === kick.id);
    expect(ghost.map(note => midiVelocity(note.velocity) < 45)).toEqual([true]);
    const again = apply(ghosted, gesture.toggleGhost(ghost, lanes).edit).pattern;
    expect(midiVelocity(again.notes[0]?.velocity ?? 0)).toBe(100);
  });

  it('drags in true time, to whole milliseconds, onto the line that is then nearest', () => {
    const ids = new Set([snareLate.id]);
    const near = apply(pattern, gesture.dragged(pattern, ids, 6.8, 1, lanes).edit).pattern;
    expect(offsets(near)[1]).toBe(12);
    // 125 ms is a step at 120 BPM: 5 + 100 ms late is 20 ms early on the next.
    const far = apply(pattern, gesture.dragged(pattern, ids, 100, 1, lanes).edit).pattern;
    expect(far.notes[1]?.at).toBe(1200);
    expect(offsets(far)[1]).toBe(-20);
  });

  it('gives feel up when it quantises and keeps it when it snaps', () => {
    const pushed = aPattern([aNote('snare', 4, late(100))]);
    const quantised = apply(pushed, gesture.quantise(pushed, pushed.notes, lanes).edit).pattern;
    expect([quantised.notes[0]?.at, ...offsets(quantised)]).toEqual([1200, 0]);
    const snap = gesture.snapKeepingFeel(pushed, pushed.notes, lanes);
    const snapped = snap && apply(pushed, snap.edit).pattern;
    expect(snapped && [snapped.notes[0]?.at, ...offsets(snapped)]).toEqual([1200, -25]);
  });

  it('puts a hit that sounds like the others of its row, muted where they are', () => {
    const [kickLane] = lanes;
    if (!kickLane) throw new Error('no lane');
    const put = gesture.putHit(pattern, kickLane, 1920);
    const after = put && apply(pattern, put.edit).pattern;
    expect(after?.notes.at(-1)).toMatchObject({ at: 1920, feel: 0, instrument: 'kick', muted: false });
    const mute = toggleMute(pattern, kickLane);
    const muted = mute && apply(pattern, mute.edit).pattern;
    const quiet = muted && gesture.putHit(muted, kickLane, 1920);
    expect(muted && quiet && apply(muted, quiet.edit).pattern.notes.at(-1)?.muted).toBe(true);
  });

  it('takes every gesture back to the same pattern', () => {
    for (const { edit } of [
      gesture.nudge(pattern, pattern.notes, 7, lanes),
      gesture.quantise(pattern, pattern.notes, lanes),
      gesture.removeHits([kick], lanes),
      gesture.dragged(pattern, new Set([kick.id]), 33, 1, lanes),
    ]) {
      const done = apply(pattern, edit);
      expect(apply(done.pattern, done.inverse).pattern).toEqual(pattern);
    }
  });

  it('arranges the layers as one gesture, unless that would be too long', () => {
    const arranged = gesture.arrangeLayers(pattern);
    expect(arranged && apply(pattern, arranged.edit).pattern.bars).toHaveLength(4 * pattern.bars.length);
    const long = {
      ...pattern,
      bars: Array.from({ length: 33 }, () => pattern.bars[0] ?? { numerator: 4, denominator: 4 as const }),
    };
    expect(gesture.canArrange(long)).toBe(false);
    expect(gesture.arrangeLayers(long)).toBeNull();
  });

  it('says in its label what it does, as a menu would', () => {
    const labels = [
      gesture.nudge(pattern, [snareLate], 1, lanes, 7),
      gesture.setOffsets(pattern, [snareLate], -3, lanes),
      gesture.setVelocities(pattern.notes, 96, lanes),
      gesture.setChances([kick], 60, lanes),
      gesture.toggleOrnament([kick], 'flam', lanes),
      gesture.setRatchet([kick], 3, lanes),
      gesture.quantise(pattern, pattern.notes, lanes, 50),
      gesture.removeHits([snareLate], lanes),
    ].map(made => made?.label);
    expect(labels).toEqual([
      'Move snare by 7 ms',
      'Offset of snare to \u22123 ms',
      'Velocity of 2 hits to 96',
      'Chance of kick to 60 %',
      'Flam on kick',
      'Ratchet of kick to ×3',
      'Quantise 2 hits by 50 %',
      'Take away snare',
    ]);
  });

  it('is none where there are no hits', () => {
    expect(gesture.nudge(pattern, [], 7, lanes)).toBeNull();
    expect(gesture.setRatchet([], 3, lanes)).toBeNull();
    expect(gesture.removeHits([], lanes)).toBeNull();
  });

  it('moves hits across rows with what those play, as far as the outermost rows', () => {
    const down = gesture.moveHits(pattern, [kick], 0, 5, lanes);
    const after = down && apply(pattern, down.edit).pattern;
    expect(after?.notes.map(note => [note.instrument, note.at])).toEqual([
      ['snare', 0],
      ['snare', 960],
    ]);
  });

  it('gives each hit a value of its own', () => {
    const each = gesture.setVelocities(pattern.notes, note => (note.instrument === 'kick' ? 20 : 90), lanes);
    const after = each && apply(pattern, each.edit).pattern;
    expect(after?.notes.map(note => midiVelocity(note.velocity))).toEqual([20, 90]);
  });
});

describe('gestures on rows', () => {
  const [, snareLane] = lanes;
  if (!snareLane) throw new Error('no lane');

  it('counts a row’s length in its own steps, up to the whole pattern', () => {
    const grid = apply(pattern, setGrid(pattern, snareLane, ['8T']).edit).pattern;
    expect(rowSteps(grid, snareLane)).toBe(12);
    const short = apply(grid, setRowSteps(grid, snareLane, 5).edit).pattern;
    expect([short.lanes[0]?.length, rowSteps(short, snareLane)]).toEqual([1600, 5]);
    const whole = apply(short, setRowSteps(short, snareLane, 12).edit).pattern;
    expect(whole.lanes[0]?.length).toBeNull();
  });

  it('puts a hit past a short row’s end where that step comes round again', () => {
    const short = apply(pattern, setRowSteps(pattern, snareLane, 3).edit).pattern;
    const put = gesture.putHit(short, snareLane, 4 * 240);
    const after = put && apply(short, put.edit).pattern;
    expect(after?.notes.filter(note => note.instrument === 'snare').map(note => note.at)).toEqual([240, 960]);
  });

  it('sets every instrument of a role’s row', () => {
    const [role] = roleLanes(lanes);
    if (!role) throw new Error('no role');
    const done = apply(pattern, setGrid(pattern, role, ['16', '8T']).edit).pattern;
    expect(done.lanes.map(lane => [lane.instrument, lane.grid])).toEqual([['kick', ['16', '8T']]]);
  });
});
