import { z } from 'zod';
import { performTake, warmModels } from '#main/inference';
import { GrooveManifestsSchema, manifestPaths, type Stage } from '#main/pipeline/stage';
import { ok } from '#shared/base';
import { type Pattern, PatternSchema } from '#shared/model';
import { TakeSchema } from '#shared/protocol';

const TakeInputSchema = z.object({
  take: TakeSchema,
  pattern: PatternSchema,
  manifests: GrooveManifestsSchema,
});
export type TakeStageInput = z.infer<typeof TakeInputSchema>;

export interface TakeValues {
  readonly pattern: Pattern;
}

/** One take on a pattern, without files: what the studio asks for while somebody waits. */
export const takeStage: Stage<TakeStageInput, TakeValues> = {
  name: 'take',
  title: 'Playing a take',
  version: 1,
  input: TakeInputSchema,
  async run({ take, pattern, manifests }, { signal, report }) {
    const context = { models: warmModels, manifests: manifestPaths(manifests), signal };
    const made = await performTake(take, pattern, context);
    report(1);
    return made.ok ? ok({ values: { pattern: made.value }, files: {} }) : made;
  },
};
