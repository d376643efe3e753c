import { describe, expect, it } from 'vitest';
import { apply, editOfAll, type Operation, parseOperations } from '#shared/edit';
import { hitId, type Note, type Pattern } from '#shared/model';
import { millisecondsOfTicks } from '#shared/units';
import { aNote, aPattern, late, meter } from '#test/pattern';

const pattern = aPattern([aNote('kick', 0), aNote('snare', 4, late(7)), aNote('chh', 2), aNote('chh', 18)], {
  bars: [meter(4, 4), meter(4, 4)],
});

function after(...operations: readonly Operation[]): Pattern {
  const edit = editOfAll(pattern, operations);
  if (!edit.ok) throw new Error(JSON.stringify(edit.failure));
  return apply(pattern, edit.value).pattern;
}
const only = (result: Pattern, instrument: Note['instrument']): Note[] =>
  result.notes.filter(note => note.instrument === instrument);
const milliseconds = (note: Note | undefined): number => millisecondsOfTicks(note?.feel ?? NaN, 120);

describe('set', () => {
  it('puts a hit on a step, sounding as its neighbours do', () => {
    const [, , added] = only(after({ op: 'set', bar: 1, step: 8, role: 'MOTION', velocity: 0.4 }), 'chh');
    expect(added).toMatchObject({
      at: 24 * 240,
      velocity: 0.4,
      hit: 'chh-1',
      role: 'MOTION',
      source: 'editor',
    });
  });

  it('changes the hit that is there instead of adding another, and only what it is told', () => {
    const [snare, ...others] = only(
      after({ op: 'set', bar: 0, step: 4, role: 'ACCENT', velocity: 0.1 }),
      'snare',
    );
    expect(others).toEqual([]);
    expect(snare?.velocity).toBe(0.1);
    expect(milliseconds(snare)).toBeCloseTo(7);
  });

  it('takes feel in milliseconds and a sample by name', () => {
    const operation = {
      op: 'set',
      bar: 0,
      step: 0,
      role: 'CORE',
      micro_offset_ms: -3,
      sample_id: 'x',
    } as const;
    const [kick] = only(after(operation), 'kick');
    expect(milliseconds(kick)).toBeCloseTo(-3);
    expect(kick?.hit).toBe(hitId('x'));
  });

  it('refuses a bar or step that is not there, saying which there are', () => {
    const refused = (bar: number, step: number) =>
      editOfAll(pattern, [{ op: 'set', bar, step, role: 'CORE' }]);
    expect(refused(2, 0)).toEqual({ ok: false, failure: { option: 'bar', value: '2', wanted: '0 to 1' } });
    expect(refused(0, 16)).toEqual({
      ok: false,
      failure: { option: 'step', value: '16', wanted: '0 to 15 in bar 0' },
    });
  });
});

describe('operations on a selection', () => {
  it('removes by role, bar or step', () => {
    expect(only(after({ op: 'remove', where: { role: ['MOTION'], bar: [1] } }), 'chh')).toHaveLength(1);
    expect(after({ op: 'remove', where: { step: [2] } }).notes).toHaveLength(2);
    expect(after({ op: 'remove', where: {} }).notes).toEqual([]);
  });

  it('sets velocities, or scales them within 0 to 1', () => {
    expect(only(after({ op: 'velocity', where: { role: ['CORE'] }, set: 0.25 }), 'kick')[0]?.velocity).toBe(
      0.25,
    );
    const louder = after({ op: 'velocity', where: {}, scale: 2 });
    expect(louder.notes.map(note => note.velocity)).toEqual([1, 1, 1, 1]);
    expect(after({ op: 'velocity', where: {}, scale: 0.5 }).notes.every(note => note.velocity === 0.4)).toBe(
      true,
    );
  });

  it('mutes, and lets sound again', () => {
    expect(after({ op: 'mute', where: {}, muted: true }).notes.every(note => note.muted)).toBe(true);
    const both: Operation[] = [
      { op: 'mute', where: {}, muted: true },
      { op: 'mute', where: {}, muted: false },
    ];
    expect(after(...both)).toEqual(pattern);
  });

  it('shifts by milliseconds on top of the feel, the step staying', () => {
    const [snare] = only(after({ op: 'shift', where: { role: ['ACCENT'] }, ms: 5 }), 'snare');
    expect(snare?.at).toBe(4 * 240);
    expect(milliseconds(snare)).toBeCloseTo(12);
  });

  it('shifts by steps round the loop, the feel staying', () => {
    const result = after({ op: 'shift', where: {}, steps: -3 });
    expect(only(result, 'snare').map(note => note.at / 240)).toEqual([1]);
    expect(only(result, 'kick').map(note => note.at / 240)).toEqual([29]);
    expect(milliseconds(only(result, 'snare')[0])).toBeCloseTo(7);
  });

  it('snaps to the nearest step and keeps the sound: 70 ms late becomes the next step, 55 ms early', () => {
    const operations: Operation[] = [
      { op: 'shift', where: { role: ['CORE'] }, ms: 70 },
      { op: 'snap', where: {} },
    ];
    const [kick] = only(after(...operations), 'kick');
    expect(kick?.at).toBe(240);
    expect(milliseconds(kick)).toBeCloseTo(70 - 125);
  });
});

describe('operations as text', () => {
  const parsed = (text: string): readonly Operation[] => {
    const result = parseOperations(text);
    if (!result.ok) throw new Error(result.failure.join('; '));
    return result.value;
  };

  it('reads a line or a semicolon for each', () => {
    expect(
      parsed('set bar=0 step=4 role=CORE vel=0.9; shift role=ACCENT,FILL bar=2-4 ms=7\n# a remark\nsnap'),
    ).toEqual([
      { op: 'set', bar: 0, step: 4, role: 'CORE', velocity: 0.9 },
      { op: 'shift', where: { role: ['ACCENT', 'FILL'], bar: [2, 3, 4] }, ms: 7 },
      { op: 'snap', where: {} },
    ]);
    expect(parsed('velocity role=MOTION scale=0.8; velocity vel=1; mute muted=false')).toEqual([
      { op: 'velocity', where: { role: ['MOTION'] }, scale: 0.8 },
      { op: 'velocity', where: {}, set: 1 },
      { op: 'mute', where: {}, muted: false },
    ]);
  });

  it('reads the same as JSON', () => {
    const json = '[{"op":"shift","where":{"role":["CORE"]},"steps":-2},{"op":"remove"}]';
    expect(parsed(json)).toEqual([
      { op: 'shift', where: { role: ['CORE'] }, steps: -2 },
      { op: 'remove', where: {} },
    ]);
  });

  it.each([
    ['[{"op":', 'it is not JSON'],
    ['jump bar=1', 'jump.op'],
    ['shift ms=1 steps=1', 'needs either ms or steps'],
    ['velocity', 'needs either set or scale'],
    ['set bar=0 step=x role=CORE', 'set.step'],
    ['remove role=DRUM', 'remove.where.role.0'],
    ['remove bar', '"bar" in "remove" is not of the form key=value'],
    ['remove colour=red', 'colour'],
  ])('refuses "%s", saying why', (text, problem) => {
    const result = parseOperations(text);
    expect(result.ok ? 'accepted' : result.failure.join('; ')).toContain(problem);
  });
});
