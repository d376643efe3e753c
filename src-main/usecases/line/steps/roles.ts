import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { FileRef, JobOutcome, StageCaller } from '#main/jobs';
import {
  type Judgement,
  type PerSample,
  PerSampleFileSchema,
  type PoolsFile,
  PoolsFileSchema,
} from '#shared/model';
import { z } from 'zod';
import { fileOf, WEIGHTS } from '../hear';
import { type Listened, listenTo } from '../listening';
import { type SampleInput, samplesInFolder } from '../inputs';
import { ensureWritable, type Publication, publishNumbered } from '../publish';

export const RolesSchema = z.object({
  step: z.literal('roles'),
  inputDir: z.string(),
  out: z.string(),
  /** Number of files to take, by name; 0 takes all. */
  limit: z.number().int().min(0),
  config: z.string().nullable(),
  /** `prompts.yaml` of the user's. */
  prompts: z.string().nullable().default(null),
});

export interface Judged {
  readonly judgements: readonly { readonly sampleId: string; readonly judgement: Judgement }[];
  readonly pools: FileRef;
  readonly perSample: FileRef;
}

interface JudgeOptions {
  /** `role_assignment.yaml` of the user's. */
  readonly config?: string | null;
  /** What the audio-text model heard; null: the rules judge alone. */
  readonly listened?: Listened | null;
}

export async function judgeSamples(
  call: StageCaller,
  samples: readonly SampleInput[],
  { config = null, listened = null }: JudgeOptions = {},
): Promise<Judged> {
  const { values, files } = await call.stage<Pick<Judged, 'judgements'>>(
    'roles',
    {
      samples: samples.map(({ sampleId, file, drum = null }) => ({
        sampleId,
        file,
        drum,
        clap: listened?.sounds.get(sampleId)?.heard ?? null,
      })),
      config: config ? await call.file(resolve(config)) : null,
    },
    { title: 'Assigning roles', weight: WEIGHTS.roles },
  );
  return {
    judgements: values.judgements,
    pools: fileOf(files, 'pools'),
    perSample: fileOf(files, 'perSample'),
  };
}

/** Seed step 2: `role_pools_N.json`, the same as `pools_N.json` for the other seed's users, and `per_sample_N.json`. */
export async function roles(call: StageCaller, params: z.infer<typeof RolesSchema>): Promise<JobOutcome> {
  await ensureWritable(params.out);
  call.plan(3, WEIGHTS.embed + WEIGHTS.roles + WEIGHTS.publish);
  const samples = await samplesInFolder(call, params.inputDir, params.limit);
  const listened = await listenTo(call, samples, { prompts: params.prompts });
  const judged = await judgeSamples(call, samples, { config: params.config, listened });
  const files = await call.step({ title: 'Writing pools', weight: WEIGHTS.publish }, async () => {
    const { files: published } = await publishNumbered(
      params.out,
      await roleFiles(judged, samples, params.out),
    );
    return published;
  });
  return { files, made: {} };
}

/** The stage knows samples by content; here they get the paths that they have for the user, relative to `folder`. */
export async function roleFiles(
  judged: Judged,
  samples: readonly SampleInput[],
  folder: string,
  pathOf: (sample: SampleInput) => string = sample => sample.file.path,
): Promise<Publication[]> {
  const paths = new Map(
    samples.map(sample => [sample.sampleId, relative(resolve(folder), pathOf(sample)).replaceAll('\\', '/')]),
  );
  const located = <Entry extends { sample_id: string; filepath: string }>(entry: Entry): Entry => ({
    ...entry,
    filepath: paths.get(entry.sample_id) ?? entry.filepath,
  });
  const pools: PoolsFile = PoolsFileSchema.parse(JSON.parse(await readFile(judged.pools.path, 'utf8')));
  const perSample: PerSample[] = PerSampleFileSchema.parse(
    JSON.parse(await readFile(judged.perSample.path, 'utf8')),
  );
  const locatedPools = Object.fromEntries(
    Object.entries(pools).map(([key, entries]) => [
      key,
      key.endsWith('_POOL') && Array.isArray(entries)
        ? entries.map(entry => (typeof entry === 'object' ? located(entry) : entry))
        : entries,
    ]),
  );
  const poolsText = `${JSON.stringify(locatedPools, null, 2)}\n`;
  return [
    { kind: 'pools', stem: 'pools', extension: '.json', content: { text: poolsText } },
    { kind: 'pools', stem: 'role_pools', extension: '.json', content: { text: poolsText } },
    {
      kind: 'per_sample',
      stem: 'per_sample',
      extension: '.json',
      content: { text: `${JSON.stringify(perSample.map(located), null, 2)}\n` },
    },
  ];
}
