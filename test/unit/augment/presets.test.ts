import { describe, expect, it } from 'vitest';
import { augmented, peakOf, PRESET_NAMES, presetSteps, transformNamed } from '#shared/augment';
import { Random } from '#shared/base';
import { CONTEXT, knocks, samplesOf } from '#test/augment';

describe('a preset', () => {
  it('has the seed’s eleven names', () => {
    expect([...PRESET_NAMES].sort()).toEqual([
      'clean_close',
      'clean_studio',
      'concert_hall',
      'garage',
      'gym',
      'indoor_competition',
      'lo_fi',
      'marching_field',
      'phone_recording',
      'practice_room',
      'vintage_tape',
    ]);
  });

  it.each(PRESET_NAMES.map(name => [name]))(
    '%s is steps that the record holds whole, through JSON too',
    name => {
      const steps = presetSteps(name, Random.ofSeed(11));
      for (const { name: step, params } of steps)
        expect(transformNamed(step)?.params.parse(JSON.parse(JSON.stringify(params)))).toEqual(params);
    },
  );

  it.each([['practice_room'], ['vintage_tape'], ['lo_fi'], ['marching_field']] as const)(
    '%s gives the same bytes from its record, its peak at -1 dB and strokes where the labels say',
    name => {
      const steps = presetSteps(name, Random.ofSeed(11));
      const audio = knocks([0.1, 0.5], 1);
      const first = augmented(audio, steps, CONTEXT);
      const again = augmented(audio, JSON.parse(JSON.stringify(steps)), CONTEXT);
      expect(samplesOf(again.audio)).toEqual(samplesOf(first.audio));
      expect(20 * Math.log10(peakOf(first.audio))).toBeCloseTo(-1, 1);
      expect(Math.abs((first.warp(0.5)[0] ?? 0) - 0.5)).toBeLessThan(0.01);
    },
  );

  it('differs by its seed', () => {
    expect(presetSteps('garage', Random.ofSeed(1))).not.toEqual(presetSteps('garage', Random.ofSeed(2)));
  });
});
