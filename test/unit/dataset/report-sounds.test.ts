import { describe, expect, it } from 'vitest';
import { type Check, KitMeter, snareAlone, type StruckEvidence } from '#shared/dataset';

const SNARE: StruckEvidence = { flatness: 0.02, sustain: 0.05 };
const SNARE_IN_A_HALL: StruckEvidence = { flatness: 0.02, sustain: 0.4 };
const PIANO: StruckEvidence = { flatness: 0.0001, sustain: 0.47 };

/** What is found of one kit, heard alone as `heard` says (null: not alone), in recordings of `preset`. */
function found(
  heard: readonly (StruckEvidence | null)[],
  { preset = 'dry', own = null }: { preset?: string; own?: StruckEvidence | null } = {},
): Check {
  const meter = new KitMeter(
    name => name === 'dry',
    (kit, font) => (kit === 'kit' && font === 'font' ? own : null),
  );
  for (const alone of heard)
    meter.add({ soundfont: 'kit', soundfont_sha256: 'font', augmentation_preset: preset }, alone);
  return meter.check();
}

describe('whether a drum sounds in a kit', () => {
  it('is heard where its snare is alone', () => {
    expect(found([SNARE, null, SNARE])).toMatchObject({ state: 'passed', found: '1 of 1 kits' });
    expect(found([PIANO, PIANO, SNARE]).state).toBe('failed');
    expect(found([SNARE_IN_A_HALL]).state).toBe('failed');
    expect(found([SNARE_IN_A_HALL], { preset: 'hall' }).state).toBe('warned');
  });

  it('is told by the kit itself where its font is at hand, unless something else is heard', () => {
    expect(found([null], { own: SNARE }).state).toBe('passed');
    expect(found([SNARE_IN_A_HALL], { own: SNARE }).state).toBe('passed');
    expect(found([SNARE_IN_A_HALL], { preset: 'hall', own: SNARE }).state).toBe('passed');
    expect(found([PIANO], { own: SNARE }).state).toBe('failed');
    expect(found([null], { own: PIANO }).state).toBe('failed');
    expect(found([SNARE_IN_A_HALL], { preset: 'hall', own: SNARE_IN_A_HALL }).state).toBe('failed');
  });

  it('is not said of a kit of which nothing can be judged', () => {
    const check = found([null, null]);
    expect(check).toMatchObject({ state: 'skipped', found: expect.stringContaining('1 skipped') as string });
    expect(check.examples).toEqual([
      'kit: its snare is heard alone in none of 2 recordings, and its font is not here (--soundfont FILE)',
    ]);
  });
});

describe('where a snare is alone', () => {
  const at = (ms: number, midi_note = 38) => ({
    midi_note,
    audio_time_ms: ms,
    audio_repeats_ms: [] as readonly number[],
  });

  it('is its last stroke in a rudiment', () => {
    expect(snareAlone([at(400), at(500), at(900)], 1.5)).toEqual({ from: 0.9, to: 1.5 });
    expect(snareAlone([at(400), at(500)], 0.7)).toBeNull();
  });

  it('is nowhere among hats and cymbals that ring, and where they have ended', () => {
    const groove = [at(0, 36), at(0, 42), at(500, 42), at(500), at(1000, 49)];
    expect(snareAlone(groove, 3)).toBeNull();
    expect(snareAlone([...groove, at(3000)], 4)).toBeNull();
    expect(snareAlone([...groove, at(5500), at(6000, 36)], 7)).toEqual({ from: 5.5, to: 6 });
  });

  it('heeds what sounds again, and leaves what is gone', () => {
    const again = { ...at(400), audio_repeats_ms: [600] };
    expect(snareAlone([again], 1)).toEqual({ from: 0.6, to: 1 });
    expect(snareAlone([{ ...at(400), audio_time_ms: null }], 1)).toBeNull();
  });
});
