import type { JobOutcome, StageCaller } from '#main/jobs';
import { z } from 'zod';
import { readSong, songName, WEIGHTS } from '../hear';
import { listenTo } from '../listening';
import { judgeSamples } from './roles';

export const ClassifySchema = z.object({
  step: z.literal('classify'),
  file: z.string(),
  config: z.string().nullable(),
  prompts: z.string().nullable().default(null),
});

/** Instrument and role of a one-shot, with probabilities and reasons. */
export async function classify(
  call: StageCaller,
  params: z.infer<typeof ClassifySchema>,
): Promise<JobOutcome> {
  call.plan(3, WEIGHTS.read + WEIGHTS.embed + WEIGHTS.roles);
  const { mix } = await readSong(call, params.file, 'one-shot');
  const sample = { sampleId: songName(params.file), file: mix, onsetFrame: 0 };
  const listened = await listenTo(call, [sample], { prompts: params.prompts });
  const { judgements } = await judgeSamples(call, [sample], { config: params.config, listened });
  const judgement = judgements[0]?.judgement;
  const data = judgement && {
    file: params.file,
    instrument: judgement.instrument,
    instrument_probabilities: judgement.instrumentScores,
    role: judgement.role,
    role_probabilities: judgement.roleScores,
    reasons: judgement.reasons,
  };
  return { files: [], made: {}, data };
}
