import { describe, expect, it } from 'vitest';
import { apply, type Clip, ClipSchema, clipOf, type Edit, grooved, pasted } from '#shared/edit';
import { type Note, type Pattern, patternFaults } from '#shared/model';
import { midiVelocity } from '#shared/units';
import { aNote, aPattern, late, meter } from '#test/pattern';

const four = meter(4, 4);
const after = (pattern: Pattern, edit: Edit): Pattern => {
  const done = apply(pattern, edit).pattern;
  expect(patternFaults(done)).toEqual([]);
  return done;
};
const clipped = (pattern: Pattern, notes: readonly Note[] = pattern.notes): Clip => {
  const clip = clipOf(pattern, notes);
  if (!clip) throw new Error('nothing was copied');
  return ClipSchema.parse(clip);
};
const said = (pattern: Pattern): string[] =>
  pattern.notes.map(
    note => `${note.instrument} ${note.at / 240} ${midiVelocity(note.velocity)} ${Math.round(note.feel)}`,
  );

const played = aPattern(
  [
    aNote('kick', 16, { velocity: 1, ...late(5) }),
    aNote('snare', 20, { velocity: 0.5, ...late(-10), ornament: 'flam', probability: 0.5 }),
    aNote('kick', 26, { velocity: 0.25 }),
  ],
  { bars: [four, four] },
);

describe('hits that are copied', () => {
  it('are pasted where the first is wished, as they were', () => {
    const empty = aPattern([], { bars: [four] });
    const done = after(empty, pasted(empty, clipped(played), 480, { kind: 'hits' }));
    expect(said(done)).toEqual(['kick 2 127 10', 'snare 6 64 -19', 'kick 12 32 0']);
    expect(done.notes[1]).toMatchObject({ ornament: 'flam', probability: 0.5 });
  });

  it('replace what is written where they come, and leave out what has no room', () => {
    const there = aPattern([aNote('kick', 8), aNote('chh', 8), aNote('snare', 12)]);
    const done = after(there, pasted(there, clipped(played), 1920, { kind: 'hits' }));
    expect(said(done)).toEqual(['kick 8 127 10', 'chh 8 102 0', 'snare 12 64 -19']);
  });

  it('of one row go to another row, those of several stay on theirs', () => {
    const empty = aPattern([], { bars: [four] });
    const rim = { role: 'ACCENT', instrument: 'rim', hit: null } as const;
    const kicks = clipped(
      played,
      played.notes.filter(note => note.instrument === 'kick'),
    );
    const onRim = after(empty, pasted(empty, kicks, 0, { kind: 'hits' }, rim));
    expect(onRim.notes.map(note => note.instrument)).toEqual(['rim', 'rim']);
    const all = after(empty, pasted(empty, clipped(played), 0, { kind: 'hits' }, rim));
    expect(all.notes.map(note => note.instrument)).toEqual(['kick', 'snare', 'kick']);
  });

  it('without their groove are places alone: straight, plain and at one velocity', () => {
    const empty = aPattern([], { bars: [four] });
    const places = { kind: 'places', velocity: 0.8 } as const;
    const done = after(empty, pasted(empty, clipped(played), 0, places));
    expect(said(done)).toEqual(['kick 0 102 0', 'snare 4 102 0', 'kick 10 102 0']);
    expect(done.notes[1]).toMatchObject({ ornament: 'none', probability: 1 });
  });
});

describe('a groove that is copied', () => {
  it('gives hits that are there its feel and its velocities, bar after bar, by row where it can', () => {
    const there = aPattern(
      [
        aNote('kick', 0),
        aNote('snare', 4),
        aNote('rim', 4),
        aNote('chh', 7),
        aNote('kick', 16),
        aNote('clap', 20),
      ],
      { bars: [four, four] },
    );
    const done = after(there, grooved(there, clipped(played), there.notes));
    expect(said(done)).toEqual([
      'kick 0 127 10',
      'rim 4 64 -19',
      'snare 4 64 -19',
      'chh 7 102 0',
      'kick 16 127 10',
      'clap 20 64 -19',
    ]);
    expect(done.notes.map(note => note.at)).toEqual(there.notes.map(note => note.at));
  });

  it('is nothing without hits', () => {
    expect(clipOf(played, [])).toBeNull();
    expect(after(played, grooved(played, clipped(played), []))).toEqual(played);
  });
});
