import { z } from 'zod';
import { fail, ok, type Result } from '../../base';
import { type ExerciseSpec, rudimentMaterial } from '../performance';
import { samplePlayer, TIERS } from '../players';
import type { Rudiment } from '../rudiments';
import type { Task } from './tasks';

/** What a sample's row says of how it was made, beside the steps of its recording: together they rebuild it bit for bit. */
export const RecipeSchema = z.strictObject({
  seed: z.number().int().min(0),
  tier: z.enum(TIERS),
  /** Of the player in its tier. */
  player: z.number().int().min(0),
  rudiment: z.string(),
  lead: z.enum(['R', 'L']),
  tempo: z.number().int().positive(),
  take: z.number().int().min(0),
  length: z.union([
    z.strictObject({ cycles: z.number().int().positive() }),
    z.strictObject({ seconds: z.number().positive() }),
  ]),
  /** null: it was never heard. */
  kit: z.string().nullable(),
});
export type Recipe = z.infer<typeof RecipeSchema>;

export const recipeOf = ({ spec, lead, recording }: Pick<Task, 'spec' | 'lead' | 'recording'>): Recipe => ({
  seed: spec.datasetSeed,
  tier: spec.player.skill_tier,
  player: spec.player.number,
  rudiment: spec.material.slug,
  lead,
  tempo: spec.tempo,
  take: spec.take,
  length: spec.length,
  kit: recording?.kit ?? null,
});

/** What `recipe` asks to be played; fails with the slug where its rudiment is not among `rudiments`. */
export function specOf(recipe: Recipe, rudiments: readonly Rudiment[]): Result<ExerciseSpec, string> {
  const rudiment = rudiments.find(({ slug }) => slug === recipe.rudiment);
  if (!rudiment) return fail(recipe.rudiment);
  return ok({
    datasetSeed: recipe.seed,
    player: samplePlayer(recipe.seed, recipe.tier, recipe.player),
    material: rudimentMaterial(rudiment, recipe.lead),
    tempo: recipe.tempo,
    take: recipe.take,
    length: recipe.length,
  });
}
