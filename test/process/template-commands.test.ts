import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeMidi, encodeMidi, GrooveTemplateSchema, type Pattern } from '#shared/model';
import { backbeat, suiteFolder } from '#test/cli';
import { aNote, aPattern } from '#test/pattern';

const home = suiteFolder();
const at = (...parts: string[]): string => join(home, ...parts);
const midiAt = (path: string): Pattern => {
  const decoded = decodeMidi(readFileSync(path));
  if (!decoded.ok) throw new Error(decoded.failure.join());
  return decoded.value.pattern;
};
const hats = (feel: (step: number) => number): Pattern =>
  aPattern(Array.from({ length: 16 }, (_, step) => aNote('chh', step, { feel: feel(step) })));

describe('the commands of groove templates', () => {
  it('take the feel of one MIDI file and give it to another', async () => {
    await writeFile(
      at('lazy.mid'),
      encodeMidi(
        hats(step => (step % 2) * 40 + 4),
        { type: 1 },
      ),
    );
    await writeFile(
      at('stiff.mid'),
      encodeMidi(
        hats(() => 0),
        { type: 1 },
      ),
    );
    const taken = await backbeat(home, ['groove', 'extract', at('lazy.mid'), '--out', at('out')]);
    expect(taken.code).toBe(0);
    const path = at('out', 'lazy.groove.json');
    const template = GrooveTemplateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    expect(template.slots.slice(0, 2).map(slot => slot?.offset)).toEqual([4, 44]);
    const dose = ['--template', path, '--amount', '0.5', '--out', at('out')];
    expect((await backbeat(home, ['groove', 'apply', at('stiff.mid'), ...dose])).code).toBe(0);
    const played = midiAt(at('out', 'stiff.mid'));
    expect(played.notes.slice(1, 3).map(({ feel }) => feel)).toEqual([22, 2]);
  });

  it('say which file is at fault, go on with the others, and know their own templates by name', async () => {
    await writeFile(at('broken.mid'), 'no music');
    await writeFile(
      at('whole.mid'),
      encodeMidi(
        hats(() => 0),
        { type: 1 },
      ),
    );
    const files = [at('broken.mid'), at('whole.mid')];
    const dose = ['--template', 'swing 16ths 66 %', '--out', at('mixed'), '--quiet'];
    const { code, stderr } = await backbeat(home, ['groove', 'apply', ...files, ...dose]);
    expect(code).toBe(1);
    expect(stderr).toContain('broken.mid is not a valid MIDI file');
    const [, second] = midiAt(at('mixed', 'whole.mid')).notes;
    expect((second?.at ?? 0) + (second?.feel ?? 0)).toBe(317);
    const wrong = await backbeat(home, [
      'groove',
      'apply',
      ...files,
      '--template',
      at('whole.mid'),
      '--out',
      home,
    ]);
    expect(wrong.stderr).toContain('whole.mid is not a valid groove template');
    expect(wrong.code).toBe(1);
  });
});
