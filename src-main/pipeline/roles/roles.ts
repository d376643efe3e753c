import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { FileRefSchema, type Stage, type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { attempt, Failed, readWav, writeFileWhole } from '#main/platform';
import {
  type AssessedSample,
  assess,
  buildPools,
  HeardSchema,
  parseRoleConfig,
  perSampleOf,
  type RoleConfig,
  SpectrumMeter,
} from '#shared/analysis';
import { DrumEvidenceSchema, type Judgement, OverrideSchema } from '#shared/model';
import { defaultRoleConfig } from './default-config';

const RolesInputSchema = z.object({
  samples: z.array(
    z.object({
      sampleId: z.string().min(1),
      file: FileRefSchema,
      /** What the user said of the sample: it wins, and the machine's scores stay as they are. */
      override: OverrideSchema.nullable().default(null),
      /** What a network heard it to be, in the recording that it was cut from. */
      drum: DrumEvidenceSchema.nullable().default(null),
      /** What an audio-text model makes of it (stage `embed`). */
      clap: HeardSchema.nullable().default(null),
    }),
  ),
  /** `role_assignment.yaml` of the user's; null takes the bundled one. */
  config: FileRefSchema.nullable(),
});
export type RolesInput = z.output<typeof RolesInputSchema>;

export interface RolesValues {
  /** What the machine thinks, overrides left aside. */
  readonly judgements: readonly { readonly sampleId: string; readonly judgement: Judgement }[];
}

/** Judges one-shots by the rules and sorts them into pools. In the files a sample's `filepath` is its name: the stage knows no folder. */
export const rolesStage: Stage<RolesInput, RolesValues> = {
  name: 'roles',
  title: 'Assigning roles',
  version: 4,
  input: RolesInputSchema,
  run: (input, context) =>
    attempt(context.folder, async () => {
      const config = input.config ? await readConfig(input.config.path) : defaultRoleConfig();
      const samples = await assessAll(input, config, context);
      const pools = buildPools(samples, config.pools);
      const perSample = samples.map(sample => perSampleOf(sample, config.pools));
      await writeJson(join(context.folder, 'pools.json'), pools);
      await writeJson(join(context.folder, 'per_sample.json'), perSample);
      context.report(1);
      return {
        values: {
          judgements: samples.map(({ sampleId, assessment }) => ({
            sampleId,
            judgement: assessment.judgement,
          })),
        },
        files: { pools: 'pools.json', perSample: 'per_sample.json' },
      };
    }),
};

const writeJson = (path: string, value: unknown): Promise<void> =>
  writeFileWhole(path, `${JSON.stringify(value, null, 2)}\n`);

/** Reads a `role_assignment.yaml`; throws `Failed` with what is wrong, key by key. */
export async function readConfig(path: string): Promise<RoleConfig> {
  const parsed = parseRoleConfig(await readFile(path, 'utf8'));
  if (parsed.ok) return parsed.value;
  throw new Failed({
    code: 'badFile',
    path,
    format: 'role assignment file',
    problems: [...parsed.failure.problems],
  });
}

async function assessAll(
  { samples }: RolesInput,
  config: RoleConfig,
  context: StageContext,
): Promise<AssessedSample[]> {
  const meter = new SpectrumMeter();
  const began = performance.now();
  const assessed: AssessedSample[] = [];
  for (const { sampleId, file, override, drum, clap } of samples) {
    throwIfCancelled(context.signal);
    const audio = await readWav(file.path);
    if (!audio.ok) throw new Failed(audio.failure);
    const assessment = assess(audio.value, config, { drum, ear: clap, meter });
    assessed.push({ sampleId, filepath: `${sampleId}.wav`, assessment, override });
    const rate = (assessed.length * 1000) / Math.max(1, performance.now() - began);
    context.report((0.99 * assessed.length) / samples.length, `${rate.toFixed(0)} hits / s`);
  }
  return assessed;
}
