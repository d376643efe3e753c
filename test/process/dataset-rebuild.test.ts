import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeSample, openAugmentContext, recordingOf, type Sounding } from '#main/dataset';
import { flacOf } from '#main/platform';
import {
  encodePerformance,
  type GeneratedSample,
  GenerationConfigSchema,
  labelsOf,
  performExercise,
  planOf,
  RecipeSchema,
  rowsOf,
  specOf,
} from '#shared/dataset';
import { catalogueOf } from '#test/dataset-catalogue';
import { ownKits } from '#test/sounding-kits';

const CONFIG = GenerationConfigSchema.parse({
  num_profiles: 4,
  tempos_per_rudiment: 1,
  augmentations_per_sample: 3,
  num_cycles_per_sample: 1,
  rudiments: ['flam_tap', 'five_stroke_roll', 'multiple_bounce_roll'],
  augmentation_presets: [
    'clean_close',
    'practice_room',
    'garage',
    'vintage_tape',
    'lo_fi',
    'phone_recording',
    'marching_field',
  ],
  seed: 20_418_773,
});
/** Spread over players, rudiments and recordings. */
const EVERY = 5;

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const pcmOf = ({ recording }: GeneratedSample): string =>
  recording ? sha256(flacOf(recording.audio, { bits: 24 }).pcm) : '';

describe('a sample of a dataset', () => {
  let sounding: Sounding;
  let made: readonly GeneratedSample[];
  beforeAll(async () => {
    const context = await openAugmentContext(() => {
      throw new Error('no recording is mixed in');
    });
    sounding = { ...(await ownKits()), context };
    const plan = planOf(CONFIG, catalogueOf(sounding.kits));
    if (!plan.ok) throw new Error(plan.failure.join('; '));
    const { count, task } = plan.value;
    made = Array.from({ length: Math.ceil(count / EVERY) }, (_, index) =>
      makeSample(task(index * EVERY), sounding),
    );
  }, 60_000);

  it('is rebuilt from its row alone, bit for bit: MIDI, labels and audio', () => {
    for (const sample of made) {
      const hashes = { midi: sha256(sample.midi), audio: { file: '0', pcm: pcmOf(sample) } };
      const [row] = rowsOf(sample, hashes).samples;
      const recipe = RecipeSchema.parse(JSON.parse(row?.recipe_json ?? ''));
      const spec = specOf(recipe, catalogueOf(sounding.kits));
      if (!spec.ok) throw new Error(spec.failure);
      const again = performExercise(spec.value);
      expect(sha256(encodePerformance(again))).toBe(row?.midi_sha256);
      expect(labelsOf(again)).toEqual(sample.labels);
      const steps = JSON.parse(row?.augmentation_json ?? '');
      const recording = recordingOf(
        spec.value,
        { kit: recipe.kit ?? '', preset: row?.augmentation_preset ?? '', steps },
        sounding,
      );
      expect(pcmOf({ ...sample, recording })).toBe(hashes.audio.pcm);
    }
  });

  it('is heard where its labels say, on kits and in rooms of every kind', () => {
    const kits = new Set(made.map(({ recording }) => recording?.kit.name));
    const presets = new Set(made.map(({ recording }) => recording?.preset));
    expect(kits.size).toBeGreaterThanOrEqual(4);
    expect(presets.size).toBeGreaterThanOrEqual(4);
    for (const { recording, labels } of made) {
      const peak = (recording?.audio.channels[0] ?? new Float32Array()).reduce(
        (most, value) => Math.max(most, Math.abs(value)),
        0,
      );
      expect(20 * Math.log10(peak)).toBeCloseTo(-1, 0);
      const last = labels.strokes.at(-1);
      expect(recording?.warp((last?.actual_time_ms ?? 0) / 1000)).toHaveLength(1);
    }
  });

  it('is the same whichever sample was made before it', () => {
    const plan = planOf(CONFIG, catalogueOf(sounding.kits));
    if (!plan.ok) throw new Error(plan.failure.join('; '));
    const { task } = plan.value;
    const last = made.at(-1);
    const again = makeSample(task((made.length - 1) * EVERY), sounding);
    expect(pcmOf(again)).toBe(last ? pcmOf(last) : '');
  });
});
