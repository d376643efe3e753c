import { describe, expect, it } from 'vitest';
import { applyTemplate, BUNDLED_TEMPLATES, extractTemplate, PLAIN_DOSE } from '#shared/compose';
import { GrooveTemplateSchema, type Note, type Pattern, swingOf, templateTicks } from '#shared/model';
import { aNote, aPattern, late, meter } from '#test/pattern';

const hats = Array.from({ length: 16 }, (_, step) =>
  aNote('chh', step, { feel: step % 4 === 2 ? 31.5 : 0 - step, velocity: 0.4 + (step % 4) / 10 }),
);
const backbeat = [4, 12, 20, 28].map(step => aNote('snare', step, { feel: 25, velocity: 0.9 }));
const groove = aPattern([...hats, ...backbeat], { bars: [meter(4, 4), meter(4, 4)] });
const asked = { name: 'Mine', source: 'a test', base: '16', bars: 2 } as const;
const FULL = { ...PLAIN_DOSE, velocity: 1 };

const straightened = (pattern: Pattern): Pattern => ({
  ...pattern,
  notes: pattern.notes.map(note => ({ ...note, feel: 0 })),
});
const sounding = (pattern: Pattern): number[] => {
  const swung = swingOf(pattern);
  return pattern.notes.map(note => swung(note.at) + note.feel);
};
const feels = (pattern: Pattern): number[] => pattern.notes.map(({ feel }) => feel);
const about = (values: readonly number[]): readonly number[] =>
  values.map(value => expect.closeTo(value, 4) as number);

describe('a groove template', () => {
  it('gives a straightened groove its own feel back, voice by voice', () => {
    const template = GrooveTemplateSchema.parse(extractTemplate(groove, asked));
    expect(templateTicks(template)).toBe(2 * 3840);
    expect(feels(applyTemplate(straightened(groove), template, FULL))).toEqual(about(feels(groove)));
    expect(applyTemplate(groove, template, FULL).notes.map(note => note.velocity)).toEqual(
      groove.notes.map(note => expect.closeTo(note.velocity, 5) as number),
    );
  });

  it('holds swing as timing, and plays it on a pattern that has none', () => {
    const swung = aPattern(
      hats.map(note => ({ ...note, feel: 0 })),
      { swing: { percent: 66, base: '16th' } },
    );
    const template = extractTemplate(swung, { ...asked, bars: 1 });
    const straight = aPattern(hats.map(note => ({ ...note, feel: 0 })));
    expect(sounding(applyTemplate(straight, template, FULL))).toEqual(about(sounding(swung)));
  });

  it('goes halfway at half the amount, past the template above one, and nowhere at none', () => {
    const template = extractTemplate(groove, asked);
    const straight = straightened(groove);
    const at = (amount: number): number[] => feels(applyTemplate(straight, template, { ...FULL, amount }));
    expect(at(0.5)).toEqual(about(feels(groove).map(feel => feel / 2)));
    expect(at(1.3)).toEqual(about(feels(groove).map(feel => feel * 1.3)));
    expect(applyTemplate(groove, template, { ...FULL, amount: 0 })).toEqual(groove);
  });

  it('changes only the notes that it is asked to', () => {
    const template = extractTemplate(groove, asked);
    const snares = new Set(backbeat.map(({ id }) => id));
    const played = applyTemplate(straightened(groove), template, FULL, snares);
    const moved = (note: Note): boolean => note.feel !== 0;
    expect(played.notes.filter(moved).map(({ id }) => id)).toEqual(backbeat.map(({ id }) => id));
  });

  it('plays what lies between two steps with the feel between them', () => {
    const template = extractTemplate(groove, { ...asked, bars: 1 });
    const between = aPattern([aNote('chh', 1.5)]);
    const [first, second] = [template.voices.chh?.[1], template.voices.chh?.[2]];
    const wanted = ((first?.offset ?? NaN) + (second?.offset ?? NaN)) / 2;
    expect(feels(applyTemplate(between, template, FULL))).toEqual(about([wanted]));
  });

  it('leaves alone what it knows nothing of', () => {
    const lone = extractTemplate(aPattern([aNote('kick', 0, late(9))]), { ...asked, bars: 1 });
    expect(lone.voices).toEqual({});
    const elsewhere = aPattern([aNote('snare', 4, { feel: 3 })]);
    expect(applyTemplate(elsewhere, lone, FULL)).toEqual(elsewhere);
  });

  it('strays by chance only as its seed says', () => {
    const template = extractTemplate(groove, asked);
    const stray = (seed: number): Pattern => applyTemplate(groove, template, { ...FULL, random: 1, seed });
    expect(stray(1)).toEqual(stray(1));
    expect(stray(1)).not.toEqual(stray(2));
    const offsets = stray(1).notes.map((note, index) => note.feel - (groove.notes[index]?.feel ?? NaN));
    const spread = Math.sqrt(offsets.reduce((sum, each) => sum + each * each, 0) / offsets.length);
    // 8 ms at 120 BPM are 15.4 ticks.
    expect(spread).toBeGreaterThan(8);
    expect(spread).toBeLessThan(28);
  });
});

it('comes with templates that read back and have names of their own', () => {
  for (const template of BUNDLED_TEMPLATES) expect(GrooveTemplateSchema.parse(template)).toEqual(template);
  expect(new Set(BUNDLED_TEMPLATES.map(({ name }) => name)).size).toBe(BUNDLED_TEMPLATES.length);
});
