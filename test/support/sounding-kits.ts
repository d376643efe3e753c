import {
  bundledRudiments,
  loadOwnKits,
  openSynth,
  type SoundKit,
  SYNTH_RATE,
  type Synth,
} from '#main/dataset';
import { type Evidence, measureEvidence, prepareHit } from '#shared/analysis';
import {
  type ExerciseSpec,
  type Performance,
  performExercise,
  rudimentMaterial,
  samplePlayer,
} from '#shared/dataset';

export const SOUNDFONTS = 'soundfonts';

/** A synthesiser with our own fonts, and their kits. */
export async function ownKits(): Promise<{ readonly synth: Synth; readonly kits: readonly SoundKit[] }> {
  const synth = await openSynth();
  const kits = await loadOwnKits(synth, SOUNDFONTS);
  if (!kits.ok) throw new Error(`the fonts cannot be loaded: ${JSON.stringify(kits.failure)}`);
  return { synth, kits: kits.value };
}

/** A stroke on `key` of a kit's take. */
export const strokeOf = (
  synth: Synth,
  kit: SoundKit,
  key: number,
  velocity: number,
  take = 0,
): Float32Array =>
  synth.voice({ font: kit.font, bank: kit.bank, program: kit.programs[take] ?? 0, key, velocity });

/** What is measured on a hit, by the definitions of role-scoring.json. */
export function evidenceOf(samples: Float32Array): Evidence {
  const hit = prepareHit({ sampleRate: SYNTH_RATE, samples });
  if (!hit) throw new RangeError('a hit of silence');
  return measureEvidence(hit);
}

export function exerciseOf(slug: string, more: Partial<ExerciseSpec> = {}): Performance {
  const rudiment = bundledRudiments().find(each => each.slug === slug);
  if (!rudiment) throw new RangeError(`no rudiment ${slug}`);
  return performExercise({
    datasetSeed: 1,
    player: samplePlayer(1, 'professional', 0),
    material: rudimentMaterial(rudiment, 'R'),
    tempo: 100,
    take: 0,
    length: { seconds: 9 },
    ...more,
  });
}
