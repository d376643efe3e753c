import { z } from 'zod';
import type { JobProgram } from '#main/jobs';

const ParamsSchema = z.object({ stages: z.number().int(), turns: z.number().int(), pauseMs: z.number() });
export type TypingParams = z.infer<typeof ParamsSchema>;

/** A job of `stages` stages, each of which writes a text, line by line. */
export const typingProgram: JobProgram = async (call, params) => {
  const { stages, turns, pauseMs } = ParamsSchema.parse(params);
  call.plan(stages, stages);
  const files = [];
  for (let number = 1; number <= stages; number++) {
    const input = { text: `stage ${number}`, turns, pauseMs };
    const made = await call.stage('type', input, { title: `Typing ${number}`, weight: 1 });
    for (const { path } of Object.values(made.files))
      files.push({ kind: 'text', name: `${number}.txt`, path, bytes: 0 });
  }
  return { files, made: {} };
};
