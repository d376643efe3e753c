import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { readdir, stat } from 'node:fs/promises';
import type { FileRef, JobOutcome, StageCaller } from '#main/jobs';
import { JobFailed } from '#main/jobs';
import { compareText } from '#shared/model';
import { isModelFailure, TakeSchema } from '#shared/protocol';
import { z } from 'zod';
import { fileOf, WEIGHTS } from '../hear';
import { patternIn, sampleIdsOf, samplesById } from '../inputs';
import { ensureWritable, type Publication, publishNumbered, publishPlain } from '../publish';
import { transformerFiles } from './groove-files';
import { renderEvents } from './render';

const eventFiles = { gridJson: z.string(), eventsJson: z.string(), poolsJson: z.string(), out: z.string() };

export const ENGINES = ['drum-transformer', 'markov'] as const;

export const TransformerSchema = z.object({
  step: z.literal('transformer'),
  ...eventFiles,
  engine: z.enum(ENGINES).default('drum-transformer'),
  take: TakeSchema,
});

/** Manifests of the groove models as the stages take them. */
async function grooveManifests(call: StageCaller) {
  return {
    humaniser: await call.manifest('groove-humanise'),
    tapper: await call.manifest('groove-tap'),
    transformer: await call.manifest('drum-transformer'),
  };
}

export interface Generated {
  readonly eventGrid: FileRef;
  readonly midi: FileRef;
  /** Where the groove got other bars. */
  readonly grid: FileRef | null;
}

export async function generateEvents(
  call: StageCaller,
  from: { readonly grid: FileRef; readonly events: FileRef; readonly pools: FileRef },
  { engine, take }: Pick<z.infer<typeof TransformerSchema>, 'engine' | 'take'>,
): Promise<Generated> {
  const input =
    engine === 'markov'
      ? { ...from, engine, seed: take.seed, temperature: take.temperature }
      : { ...from, engine, take, manifests: await grooveManifests(call) };
  const run = { title: 'Generating the groove', weight: WEIGHTS.groove };
  const { files } = await call.stage('transformer', input, run);
  return {
    eventGrid: fileOf(files, 'eventGrid'),
    midi: fileOf(files, 'midi'),
    grid: files['grid'] ?? null,
  };
}

/** By the bundled model, or where this machine cannot run it by the Markov chain: the whole line never stops for a model. */
export async function generateByAnyEngine(
  call: StageCaller,
  from: { readonly grid: FileRef; readonly events: FileRef; readonly pools: FileRef },
  seed: number,
): Promise<Generated> {
  const take = TakeSchema.parse({ kind: 'new', seed });
  try {
    return await generateEvents(call, from, { engine: 'drum-transformer', take });
  } catch (error) {
    const isModel =
      error instanceof JobFailed && (isModelFailure(error.failure) || error.failure.code === 'notFound');
    if (!isModel) throw error;
    return generateEvents(call, from, { engine: 'markov', take });
  }
}

/** Seed step 4: `transformer_output_N.mid` and `event_grid_transformer_N.json`, and `grid_N.json` where there are more bars now. */
export async function transformer(
  call: StageCaller,
  params: z.infer<typeof TransformerSchema>,
): Promise<JobOutcome> {
  await ensureWritable(params.out);
  call.plan(2, WEIGHTS.groove + WEIGHTS.publish);
  const made = await generateEvents(call, await eventInputs(call, params), params);
  const { files } = await call.step({ title: 'Writing the groove', weight: WEIGHTS.publish }, () =>
    publishNumbered(params.out, transformerFiles(made)),
  );
  return { files, made: {} };
}

export async function eventInputs(
  call: StageCaller,
  params: { readonly gridJson: string; readonly eventsJson: string; readonly poolsJson: string },
) {
  return {
    grid: await call.file(resolve(params.gridJson)),
    events: await call.file(resolve(params.eventsJson)),
    pools: await call.file(resolve(params.poolsJson)),
  };
}

export const GroovaeSchema = z.object({
  step: z.literal('groovae'),
  ...eventFiles,
  take: TakeSchema,
  /** Of `morph`: events of the other groove, on the same grid. */
  towardsJson: z.string().nullable(),
  render: z.boolean(),
  sampleRoot: z.string().nullable(),
  renderSampleRate: z.number().int().min(8000).max(192_000),
});

/** Seed stage 4: `event_grid_groovae_N.json` and, where asked for, `render_groovae_N.wav`. */
export async function groovae(call: StageCaller, params: z.infer<typeof GroovaeSchema>): Promise<JobOutcome> {
  await ensureWritable(params.out);
  call.plan(3, WEIGHTS.groove + WEIGHTS.render + WEIGHTS.publish);
  const from = await eventInputs(call, params);
  const towards = params.towardsJson ? await call.file(resolve(params.towardsJson)) : null;
  const { files: made } = await call.stage(
    'groovae',
    { ...from, take: params.take, towards, manifests: await grooveManifests(call) },
    { title: 'Playing the groove', weight: WEIGHTS.groove },
  );
  const eventGrid = fileOf(made, 'eventGrid');
  const group: Publication[] = [
    { kind: 'event_grid', stem: 'event_grid_groovae', extension: '.json', content: eventGrid },
  ];
  if (params.render) {
    const ids = sampleIdsOf(await patternIn(from.grid.path, eventGrid.path));
    const { sampleRoot, poolsJson } = params;
    const samples = await samplesById(call, ids, { sampleRoot, poolsPath: resolve(poolsJson) });
    const { wav } = await renderEvents(call, { grid: from.grid, eventGrid }, samples, {
      name: 'render_groovae',
      sampleRate: params.renderSampleRate,
    });
    group.push({ kind: 'render', stem: 'render_groovae', extension: '.wav', content: wav });
  }
  const { files } = await call.step({ title: 'Writing the groove', weight: WEIGHTS.publish }, () =>
    publishNumbered(params.out, group),
  );
  return { files, made: {} };
}

export const GroovesSchema = z.object({
  step: z.literal('grooves'),
  /** MIDI files, folders of them, or JSON lines. */
  files: z.array(z.string()),
  take: TakeSchema,
  towards: z.string().nullable(),
  empty: z
    .object({
      count: z.number().int().min(1).max(10_000),
      bars: z.number().int().min(1).max(128),
      tempo: z.number().min(20).max(400),
    })
    .nullable(),
  /** A folder, or a file where there is one groove. */
  out: z.string(),
});

/** Takes on MIDI files, as MIDI files of the same names in a folder. */
export async function grooves(call: StageCaller, params: z.infer<typeof GroovesSchema>): Promise<JobOutcome> {
  const isFile = /\.(mid|midi|jsonl)$/i.test(params.out);
  const folder = isFile ? dirname(resolve(params.out)) : resolve(params.out);
  await ensureWritable(folder);
  call.plan(2, WEIGHTS.render + WEIGHTS.publish);
  const sources = await sourcesIn(params.files);
  if (sources.length === 0 && !params.empty)
    throw new JobFailed({
      code: 'cannotGenerate',
      what: 'A take',
      reason: `${params.files.join(', ')} holds no MIDI file`,
      instead: 'Name MIDI files, or a folder that holds some',
    });
  if (isFile && sources.length > 1)
    throw new JobFailed({
      code: 'notWritable',
      path: params.out,
      reason: `it is one file for ${sources.length} grooves`,
    });
  const refs: FileRef[] = [];
  for (const { path } of sources) refs.push(await call.file(path));
  const { files: made } = await call.stage(
    'midi-takes',
    {
      files: refs,
      take: params.take,
      towards: params.towards === null ? null : await call.file(resolve(params.towards)),
      empty: params.empty,
      manifests: await grooveManifests(call),
    },
    { title: 'Playing grooves', weight: WEIGHTS.render },
  );
  const group = Object.keys(made).map((index): Publication => {
    const source = sources[Number(index)];
    const extension = source && /\.jsonl$/i.test(source.path) ? '.jsonl' : '.mid';
    const stem = source?.name ?? `groove-${index.padStart(4, '0')}`;
    const only = isFile ? basename(params.out, extname(params.out)) : stem;
    return { kind: 'midi', stem: only, extension, content: fileOf(made, index) };
  });
  for (const [index, source] of sources.entries()) {
    const target = join(folder, `${group[index]?.stem}${group[index]?.extension}`);
    if (target === source.path)
      throw new JobFailed({ code: 'notWritable', path: target, reason: 'it is the file that is being read' });
  }
  const files = await call.step({ title: 'Writing grooves', weight: WEIGHTS.publish }, () =>
    publishPlain(folder, group),
  );
  return { files, made: {} };
}

interface Source {
  readonly path: string;
  /** Without extension, relative to the folder that was given. */
  readonly name: string;
}

async function sourcesIn(paths: readonly string[]): Promise<Source[]> {
  const sources: Source[] = [];
  for (const given of paths) {
    const path = resolve(given);
    const found = await stat(path).catch(() => null);
    if (!found) throw new JobFailed({ code: 'notFound', path });
    const all = found.isDirectory() ? await groovesIn(path) : [path];
    const root = found.isDirectory() ? path : dirname(path);
    sources.push(
      ...all.map(each => ({
        path: each,
        name: relative(root, each)
          .replaceAll('\\', '/')
          .replace(/\.[^.]+$/, ''),
      })),
    );
  }
  return sources;
}

const groovesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true }))
    .filter(name => /\.(mid|midi|jsonl)$/i.test(name))
    .sort(compareText)
    .map(name => join(folder, name));
