import { z } from 'zod';
import { fail, ok, type Result } from '../../base';
import { SKELETON_STYLES } from '../../model';
import type { ExerciseSpec } from '../performance';
import { samplePlayer, TIERS } from '../players';
import { figureOf, variationsOf } from '../rudiments';
import type { Catalogue } from './catalogue';
import { composedOf } from './composed-groove';
import { composedPiece, figurePiece, midiPiece, type Piece } from './pieces';
import type { Task } from './tasks';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

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
  /** SHA-256 of the rudiment's file where it is not ours. */
  definition: sha256.optional(),
  /** Which bars of a MIDI file (or, without one, of a composed groove) are played. */
  groove: z
    .strictObject({
      midi: sha256.nullable(),
      from: z.number().int().min(0),
      bars: z.number().int().positive(),
    })
    .optional(),
});
export type Recipe = z.infer<typeof RecipeSchema>;

export const recipeOf = ({ spec, lead, recording, definition, groove }: Task): Recipe => ({
  seed: spec.datasetSeed,
  tier: spec.player.skill_tier,
  player: spec.player.number,
  rudiment: spec.material.slug,
  lead,
  tempo: spec.tempo,
  take: spec.take,
  length: spec.length,
  kit: recording?.kit ?? null,
  ...(definition === null ? {} : { definition }),
  ...(groove === null ? {} : { groove }),
});

/** What `recipe` asks to be played; fails with what of it is not in the catalogue. */
export function specOf(
  recipe: Recipe,
  catalogue: Pick<Catalogue, 'rudiments' | 'definitions' | 'grooves'>,
): Result<ExerciseSpec, string> {
  const piece = recipe.groove
    ? grooveOf(recipe, recipe.groove, catalogue)
    : figureOfRecipe(recipe, catalogue);
  if (!piece) return fail(recipe.groove?.midi ?? recipe.rudiment);
  return ok({
    datasetSeed: recipe.seed,
    player: samplePlayer(recipe.seed, recipe.tier, recipe.player),
    material: piece.material(recipe.lead, recipe.groove?.bars ?? 0),
    tempo: recipe.tempo,
    take: recipe.take,
    length: recipe.length,
  });
}

function grooveOf(
  { rudiment }: Recipe,
  { midi, from, bars }: NonNullable<Recipe['groove']>,
  { grooves }: Pick<Catalogue, 'grooves'>,
): Piece | null {
  if (midi === null) {
    const composed = composedOf(rudiment);
    const style = SKELETON_STYLES.find(name => name === composed?.style);
    return composed && style ? composedPiece(style, composed.number, bars) : null;
  }
  const file = grooves.find(({ sha256: own }) => own === midi);
  return file ? midiPiece(file, () => from, bars) : null;
}

function figureOfRecipe(
  { rudiment: slug, definition }: Recipe,
  { rudiments, definitions }: Pick<Catalogue, 'rudiments' | 'definitions'>,
): Piece | null {
  for (const rudiment of rudiments) {
    if (slug !== rudiment.slug && !slug.startsWith(`${rudiment.slug}_`)) continue;
    const figure = figureOf(rudiment);
    const found = [figure, ...(slug === rudiment.slug ? [] : variationsOf(figure))].find(
      one => one.slug === slug,
    );
    if (found && definitions[rudiment.slug] === definition) return figurePiece(rudiment, found);
  }
  return null;
}
