import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROLES } from '#shared/model';
import {
  filesOf,
  LAYERS,
  type NamedFile,
  namedFiles,
  NAME_VARIABLES,
  type NameWords,
  takenNames,
  unknownVariables,
} from '#shared/protocol';

const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const anyWords: fc.Arbitrary<NameWords> = fc.record({
  song: anyText,
  pattern: anyText,
  kit: anyText,
  bpm: anyText,
  meter: anyText,
  bars: anyText,
});
const anyNaming = fc
  .array(
    fc.oneof(
      fc.constantFrom(...NAME_VARIABLES.map(name => `{${name}}`), '/', '_', '..', 'CON', ' '),
      anyText,
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map(parts => parts.join(''));
const anyFiles = fc
  .record({
    mix: fc.boolean(),
    mp3Copy: fc.boolean(),
    stems: fc.constantFrom('none' as const, 'dry' as const, 'mixed' as const),
    midi: fc.boolean(),
    midiType: fc.constantFrom('0' as const, '1' as const, 'by-role' as const),
    layers: fc.subarray([...LAYERS], { minLength: 1 }),
    format: fc.constantFrom('wav' as const, 'flac' as const, 'mp3' as const),
  })
  .chain(options =>
    fc.subarray([...ROLES]).map(roles => filesOf(options, () => ({ sounding: roles, written: roles }))),
  );
const folded = (name: string): string => name.normalize('NFC').toLowerCase();

function expectSafe({ name, extension }: NamedFile): void {
  expect(name.endsWith(extension)).toBe(true);
  for (const part of name.split('/')) {
    expect(part).not.toMatch(/[\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(part).not.toMatch(/^[.\s]|[.\s]$/);
    expect(part).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
    expect(part).not.toBe('');
    expect(Buffer.byteLength(part)).toBeLessThanOrEqual(255);
  }
}

describe('names of an export', () => {
  it('are whole on every file system, and no two are the same, whatever they are made of', () => {
    fc.assert(
      fc.property(
        anyNaming,
        anyWords,
        anyFiles,
        fc.integer({ min: 1, max: 999 }),
        (naming, words, files, number) => {
          const named = namedFiles(naming, words, files, number);
          expect(named).toMatchObject(files);
          named.forEach(expectSafe);
          expect(new Set(named.map(({ name }) => folded(name))).size).toBe(named.length);
          expect(
            new Set(named.map(({ name }) => name.split('/').slice(0, -1).join('/'))).size,
          ).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('share none with another number', () => {
    fc.assert(
      fc.property(anyNaming, anyWords, anyFiles, (naming, words, files) => {
        const first = namedFiles(naming, words, files, 1).map(({ name }) => name);
        const second = namedFiles(naming, words, files, 2).map(({ name }) => name);
        expect(takenNames(first, second)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('say what their pattern says, in the folder that it names', () => {
    const words = {
      song: 'Slow Harbour',
      pattern: 'Verse Ä / 2',
      kit: 'Dry',
      bpm: '92.5',
      meter: '7/8',
      bars: '8',
    };
    const files = filesOf(
      {
        mix: true,
        mp3Copy: false,
        stems: 'mixed',
        midi: true,
        midiType: '1',
        layers: ['full'],
        format: 'wav',
      },
      () => ({ sounding: ['CORE'], written: ['CORE'] }),
    );
    const names = (naming: string, number = 1): readonly string[] =>
      namedFiles(naming, words, files, number).map(({ name }) => name);
    expect(names('{song}_{pattern}_{bpm}/{pattern}_{layer}_{role}')).toEqual([
      'slow-harbour_verse-a-2_92.5/verse-a-2_mix.wav',
      'slow-harbour_verse-a-2_92.5/verse-a-2_core.wav',
      'slow-harbour_verse-a-2_92.5/verse-a-2.mid',
      'slow-harbour_verse-a-2_92.5/LICENSES.json',
    ]);
    expect(names('{song}/{role}', 3)[0]).toBe('slow-harbour_3/mix.wav');
    expect(names('{meter} {bars}', 2)).toEqual([
      '7-8 8_mix_2.wav',
      '7-8 8_core_2.wav',
      '7-8 8_2.mid',
      '7-8 8_LICENSES_2.json',
    ]);
    expect(names('{n}-{role}', 2)[0]).toBe('2-mix.wav');
    expect(unknownVariables('{song} {date} {n}')).toEqual(['date']);
  });
});
