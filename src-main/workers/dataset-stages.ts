import { z } from 'zod';
import {
  AssembleRunSchema,
  assembleRun,
  datasetRows,
  openSounding,
  partFacts,
  PartTaskSchema,
  rebuildSample,
  RebuildRequestSchema,
  rowsInPart,
  runPart,
  TrialRequestSchema,
  trialOf,
} from '#main/dataset';
import type { Stage } from '#main/pipeline/stage';
import { ok, type Result } from '#shared/base';
import { RunResourcesSchema } from '#shared/dataset';
import type { Failure } from '#shared/protocol';
import type { AnyStage } from './run-stage';

/** A stage whose results lie outside its folder, or nowhere: it is called uncached, so no version counts. */
const uncached = <Input, Values>(
  name: string,
  title: string,
  input: z.ZodType<Input>,
  work: (
    input: Input,
    context: Parameters<Stage<Input, Values>['run']>[1],
  ) => Promise<Result<Values, Failure>>,
): Stage<Input, Values> => ({
  name,
  title,
  version: 1,
  input,
  async run(given, context) {
    const done = await work(given, context);
    return done.ok ? ok({ values: done.value, files: {} }) : done;
  },
});

/** The dataset generator is no part of the line: its stages are put together here, where both are known. */
export const DATASET_STAGES: readonly AnyStage[] = [
  uncached(
    'dataset-part',
    'Making samples',
    PartTaskSchema.extend({ parts: z.string() }),
    async ({ parts, ...task }, { signal, report }) => {
      const part = await runPart(task, parts, { signal, report });
      return part.ok ? ok({ ...part.value, facts: await partFacts(parts, part.value) }) : part;
    },
  ),
  uncached('assemble-dataset', 'Putting the dataset together', AssembleRunSchema, (run, { signal, report }) =>
    assembleRun(run, signal, report),
  ),
  uncached('dataset-trial', 'Making trial samples', TrialRequestSchema, (request, { signal }) =>
    trialOf(request, signal),
  ),
  uncached('dataset-catalogue', 'Looking into fonts', RunResourcesSchema, async resources => {
    const opened = await openSounding(resources);
    if (!opened.ok) return opened;
    const { sounding, catalogue } = opened.value;
    const whole = new Map(catalogue.kits.map(({ id, isWholeKit }) => [id, isWholeKit]));
    return ok({
      rudiments: catalogue.rudiments.map(({ slug, name, category }) => ({ slug, name, category })),
      kits: sounding.kits.map(({ id, name }) => ({ id, name, isWholeKit: whole.get(id) ?? false })),
    });
  }),
  uncached(
    'dataset-rows',
    'Reading a sample',
    z.strictObject({ folder: z.string(), isPart: z.boolean(), sampleId: z.string() }),
    ({ folder, isPart, sampleId }) => (isPart ? rowsInPart : datasetRows)(folder, sampleId),
  ),
  uncached('rebuild-sample', 'Making a sample again', RebuildRequestSchema, request =>
    rebuildSample(request),
  ),
];
