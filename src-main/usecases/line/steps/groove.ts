import { dirname, relative, resolve } from 'node:path';
import type { FileRef, JobOutcome, StageCaller } from '#main/jobs';
import { MeterSchema, SkeletonStyleSchema } from '#shared/model';
import { ChoiceSchema } from '#shared/protocol';
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { fileOf, WEIGHTS } from '../hear';
import { choosePools, patternIn, sampleIdsOf, samplesById } from '../inputs';
import { ensureWritable, publishNumbered } from '../publish';
import { eventInputs } from './generate';
import { type GridFiles, layoutFiles, skeletonFiles } from './groove-files';
import { renderEvents } from './render';

/** What every skeleton is drawn from; the seed's flags. */
export const SkeletonOptionsSchema = z.object({
  bpm: z.number().min(20).max(400),
  bars: z.number().int().min(1).max(128),
  meter: MeterSchema,
  seed: z.number().int().min(0),
  style: SkeletonStyleSchema,
  variant: z.number().int().min(0).max(3).default(0),
  motionMode: z.enum(['A', 'B']),
  motionKeep: z.number().int().min(4).max(8),
  fillProbability: z.number().min(0).max(1),
  texture: z.boolean(),
});
export type SkeletonOptions = z.infer<typeof SkeletonOptionsSchema>;

export const SkeletonSchema = z.object({
  step: z.literal('skeleton'),
  ...SkeletonOptionsSchema.shape,
  poolsJson: z.string(),
  out: z.string(),
  /** Folder of the samples; with it, and with pools, the skeleton is rendered too. */
  sampleRoot: z.string(),
  renderSampleRate: z.number().int().min(8000).max(192_000),
});

export async function drawSkeleton(
  call: StageCaller,
  options: SkeletonOptions,
  pools: FileRef | null,
): Promise<GridFiles & { readonly skeletonMeta: FileRef }> {
  const { files } = await call.stage(
    'grid',
    { ...options, pools },
    { title: 'Drawing the skeleton', weight: WEIGHTS.groove },
  );
  return {
    grid: fileOf(files, 'grid'),
    eventGrid: fileOf(files, 'eventGrid'),
    skeletonMeta: fileOf(files, 'skeletonMeta'),
  };
}

/** Seed step 3: `grid_N.json`, `event_grid_N.json`, `skeleton_meta_N.json` and, with samples, `render_N.wav`. */
export async function skeleton(
  call: StageCaller,
  params: z.infer<typeof SkeletonSchema>,
): Promise<JobOutcome> {
  await ensureWritable(params.out);
  call.plan(3, WEIGHTS.groove + WEIGHTS.render + WEIGHTS.publish);
  const poolsPath = await choosePools(params.poolsJson, params.out, params.seed);
  const { step: _step, poolsJson: _pools, out, sampleRoot, renderSampleRate, ...options } = params;
  const drawn = await drawSkeleton(call, options, poolsPath ? await call.file(poolsPath) : null);
  const poolsFolder = dirname(poolsPath ?? out);
  const group = await skeletonFiles(drawn, (_id, filepath) =>
    relative(out, resolve(poolsFolder, filepath)).replaceAll('\\', '/'),
  );
  const hasSamples = await stat(resolve(sampleRoot)).catch(() => null);
  if (poolsPath && hasSamples) {
    const ids = sampleIdsOf(await patternIn(drawn.grid.path, drawn.eventGrid.path));
    const samples = await samplesById(call, ids, { sampleRoot, poolsPath: null });
    const { wav } = await renderEvents(call, drawn, samples, {
      name: 'render',
      sampleRate: renderSampleRate,
    });
    group.push({ kind: 'render', stem: 'render', extension: '.wav', content: wav });
  }
  const { files } = await call.step({ title: 'Writing the skeleton', weight: WEIGHTS.publish }, () =>
    publishNumbered(out, group),
  );
  return { files, made: {} };
}

const eventFiles = { gridJson: z.string(), eventsJson: z.string(), poolsJson: z.string(), out: z.string() };

export const LayoutOptionsSchema = z.object({
  choice: ChoiceSchema,
  seed: z.number().int().min(0),
  micro: z.union([z.literal('keep'), z.object({ clampMs: z.number().min(0).max(200) })]),
  layers: z.boolean(),
});

export const LayoutSchema = z.object({
  step: z.literal('layout'),
  ...eventFiles,
  ...LayoutOptionsSchema.shape,
});

export async function layOutEvents(
  call: StageCaller,
  from: { readonly grid: FileRef; readonly events: FileRef; readonly pools: FileRef },
  options: z.infer<typeof LayoutOptionsSchema>,
): Promise<Readonly<Record<string, FileRef>>> {
  const { choice, seed, micro, layers } = options;
  const { files } = await call.stage(
    'layout',
    { ...from, choice, seed, micro, layers },
    { title: 'Choosing hits', weight: WEIGHTS.groove },
  );
  return files;
}

/** Seed step 5: chooses a sample for every event. */
export async function layout(call: StageCaller, params: z.infer<typeof LayoutSchema>): Promise<JobOutcome> {
  await ensureWritable(params.out);
  call.plan(2, WEIGHTS.groove + WEIGHTS.publish);
  const laid = await layOutEvents(call, await eventInputs(call, params), params);
  const { files } = await call.step({ title: 'Writing the notes', weight: WEIGHTS.publish }, () =>
    publishNumbered(params.out, layoutFiles(laid)),
  );
  return { files, made: {} };
}
