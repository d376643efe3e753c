import { bundledRudiments, type DatasetMeta } from '#main/dataset';
import { type AugmentStep, augmented, type PresetName, presetSteps } from '#shared/augment';
import { Random } from '#shared/base';
import {
  augmentationGroupId,
  encodePerformance,
  type GeneratedSample,
  labelsOf,
  performExercise,
  rudimentMaterial,
  sampleId,
  samplePlayer,
  TIERS,
} from '#shared/dataset';
import { CONTEXT, knocks } from '#test/augment';

const SEED = 7;
const TEMPOS = [70, 110, 150];
const rudiments = bundledRudiments();

export interface Recorded {
  readonly kit: string;
  readonly preset: PresetName;
  /** Beside those of the preset. */
  readonly steps?: readonly AugmentStep[];
}

/** The sample of this number: tiers, rudiments and tempos in turn, `players` of each tier; recorded by knocks where `recorded` says how. */
export function datasetSample(
  number: number,
  { recorded = null, players = 5 }: { readonly recorded?: Recorded | null; readonly players?: number } = {},
): GeneratedSample {
  const player = samplePlayer(SEED, TIERS[number % 4] ?? 'beginner', Math.floor(number / 4) % players);
  const rudiment = rudiments[(number * 7) % rudiments.length];
  if (!rudiment) throw new RangeError('no rudiments');
  const tempo = TEMPOS[number % TEMPOS.length] ?? 100;
  const lead = number % 2 === 0 ? 'R' : 'L';
  const spec = {
    datasetSeed: SEED,
    player,
    material: rudimentMaterial(rudiment, lead),
    tempo,
    take: number,
    length: { cycles: 2 },
  } as const;
  const performance = performExercise(spec);
  const labels = labelsOf(performance);
  const { slug } = spec.material;
  const sample = {
    id: sampleId(player, slug, tempo, recorded?.kit ?? 'none', recorded?.preset ?? 'none', number),
    groupId: augmentationGroupId(player, slug, tempo, number),
    take: number,
    source: slug,
    labels,
    recipe: {
      datasetSeed: SEED,
      tier: player.skill_tier,
      number: player.number,
      slug,
      lead,
      tempo,
      take: number,
    },
    midi: encodePerformance(performance),
  };
  if (!recorded) return { ...sample, recording: null };
  const dry = knocks(
    performance.strokes.map(({ actual_time_ms }) => actual_time_ms / 1000),
    performance.duration_ms / 1000,
  );
  const steps = [
    ...presetSteps(recorded.preset, Random.ofSeed(SEED).fork(number)),
    ...(recorded.steps ?? []),
  ];
  const kit = { name: recorded.kit, sha256: '0'.repeat(64) };
  return { ...sample, recording: { kit, preset: recorded.preset, steps, ...augmented(dry, steps, CONTEXT) } };
}

export const DATASET_META: DatasetMeta = {
  name: 'pad-study',
  title: 'Pad study',
  licence: 'CC0-1.0',
  generator: { name: 'Backbeat', version: '0.0.0' },
  engine: { node: '24.0.0', v8: '13.0' },
  config: { seed: SEED, tempos_per_rudiment: 3 },
  seed: SEED,
  ratios: { train: 0.7, validation: 0.15, test: 0.15 },
  soundfonts: [{ name: 'pad', sha256: '0'.repeat(64), licence: 'CC0-1.0' }],
};
