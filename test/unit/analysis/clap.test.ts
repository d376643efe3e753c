import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  ClapPreprocessorSchema,
  parsePrompts,
  PromptListener,
  type Prompts,
  PublishedClapPainter,
  repeated,
  splitWords,
  textsOf,
  WordCounter,
} from '#shared/analysis';
import { invariant } from '#shared/base';
import { PREPROCESSOR } from '#test/clap-folder';

const TEXT = readFileSync('assets/config/prompts.yaml', 'utf8');
const promptsOf = (text: string): Prompts => {
  const parsed = parsePrompts(text);
  invariant(parsed.ok, parsed.ok ? '' : parsed.failure.problems.join('\n'));
  return parsed.value;
};
const problemsOf = (text: string): string => {
  const parsed = parsePrompts(text);
  return parsed.ok ? '' : parsed.failure.problems.join('\n');
};

describe('prompts.yaml', () => {
  it('asks for every instrument and every role, each text once', () => {
    const texts = textsOf(promptsOf(TEXT));
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts).toEqual(expect.arrayContaining(['kick drum', 'deep heavy kick drum', 'dry kick', 'kick']));
  });

  it('refuses what it does not know, or what can never be heard, by its key', () => {
    expect(problemsOf(TEXT.replace('temperature:', 'temprature:'))).toMatch(/temp/);
    expect(problemsOf(TEXT.replace(/ {2}snare: \[.*\]\n/, ''))).toContain('instruments.snare');
    expect(problemsOf(TEXT.replace(/CORE: \{.*\}/, 'CORE: { instruments: [], prompts: [] }'))).toContain(
      'roles.CORE: has no prompt',
    );
    expect(problemsOf(TEXT.replace('temperature: 0.05', 'temperature: 0'))).toContain('temperature');
    expect(problemsOf('a: [')).toMatch(/^line 1/);
  });
});

describe('hearing by prompts', () => {
  const prompts = promptsOf(TEXT);
  const texts = textsOf(prompts);
  const size = texts.length;
  /** Every text a direction of its own. */
  const vectors = Float32Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));
  const listener = new PromptListener({ prompts, vectors, size });
  const towards = (...names: readonly string[]): Float32Array => {
    const vector = new Float32Array(size);
    for (const name of names) vector[texts.indexOf(name)] = 1 / Math.sqrt(names.length);
    return vector;
  };

  it('takes a sound for what its nearest prompt says, and describes it by the nearest words', () => {
    const heard = listener.hear(towards('side stick', 'dry side stick'), null);
    const [best] = Object.entries(heard.instruments).sort((a, b) => b[1] - a[1]);
    expect(best?.[0]).toBe('rim');
    expect(heard.roles.ACCENT).toBeGreaterThan(0.9);
    expect(heard.description.text).toMatch(/side stick$/);
    expect(heard.description.likeness).toBeCloseTo(Math.SQRT1_2, 5);
  });

  it("gives probabilities that sum to 1, with and without the model's own classifier", () => {
    for (const own of [null, { kick: 0.7, snare: 0.3 }]) {
      const { instruments, roles } = listener.hear(towards('clap'), own);
      expect(Object.values(instruments).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
      expect(Object.values(roles).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
    }
    expect(listener.hear(towards('clap'), { kick: 1 }).instruments.kick).toBeGreaterThan(0.49);
  });
});

describe('words as numbers', () => {
  const counter = new WordCounter({
    words: 3,
    grams: 4,
    gramLengths: [3],
    gramBuckets: 100,
    unknown: 1,
    firstWord: 2,
    vocabulary: ['dry', 'kick'],
  });

  it('splits at whatever is no letter or digit, and leaves accents and case out', () => {
    expect(splitWords('Größe: 808-KÍCK!')).toEqual(['gro', 'e', '808', 'kick']);
    expect(splitWords(' ,')).toEqual([]);
  });

  it('knows words by number and all words by their letters; zeros are nothing', () => {
    const { words, grams } = counter.numbersOf(['dry kck', '']);
    expect([...words]).toEqual([2, 1, 0, 1, 0, 0]);
    expect([...grams.subarray(0, 4)].filter(value => value > 0)).toHaveLength(3);
    expect([...grams.subarray(8, 12)]).toEqual([0, 0, 0, 0]);
    expect(grams.every(value => value >= 0 && value <= 100)).toBe(true);
  });
});

describe("a published model's pictures", () => {
  it('repeat a sound as often as it fits whole; one that divides the length loses no repetition', () => {
    expect([...repeated(Float32Array.of(1, 2, 3), 8)]).toEqual([1, 2, 3, 1, 2, 3, 0, 0]);
    expect([...repeated(Float32Array.of(1, 2), 8)]).toEqual([1, 2, 1, 2, 1, 2, 1, 2]);
    expect([...repeated(Float32Array.of(1, 2, 3, 4, 5), 3)]).toEqual([1, 2, 3]);
    expect([...repeated(new Float32Array(0), 2)]).toEqual([0, 0]);
  });

  it('have 1001 frames of 64 bands, a tone in the bands about its pitch, silence at -100 dB', () => {
    const painter = new PublishedClapPainter(ClapPreprocessorSchema.parse(PREPROCESSOR));
    expect([painter.frames, painter.bands]).toEqual([1001, 64]);
    const samples = Float32Array.from({ length: 48_000 }, (_, n) =>
      Math.sin((2 * Math.PI * 1000 * n) / 48_000),
    );
    const tone = painter.paint({ sampleRate: 48_000, samples });
    const row = [...tone.subarray(500 * 64, 501 * 64)];
    // 1 kHz is 15 mel; 64 bands over 0.75 to 53.4 mel lie 0.81 apart, so that it is (15 - 0.75) / 0.81 - 1 = 16.6.
    expect([16, 17]).toContain(row.indexOf(Math.max(...row)));
    // A tone's power through a Hann window of 1024 is 256 squared, 48 dB, in triangles of area 1 a hertz, about -17 dB.
    expect(Math.max(...row)).toBeGreaterThan(25);
    const silence = painter.paint({ sampleRate: 48_000, samples: new Float32Array(100) });
    expect(silence.every(value => Math.abs(value + 100) < 1e-4)).toBe(true);
  });
});
