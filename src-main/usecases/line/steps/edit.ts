import { resolve } from 'node:path';
import type { FileRef, JobOutcome, StageCaller } from '#main/jobs';
import { OperationSchema } from '#shared/edit';
import { encodeMidi } from '#shared/model';
import { z } from 'zod';
import { fileOf, WEIGHTS } from '../hear';
import { patternIn, sampleIdsOf, samplesById } from '../inputs';
import { ensureWritable, type Publication, publishNumbered } from '../publish';
import { eventGridFiles } from './groove-files';
import { renderEvents } from './render';

export const EditSchema = z.object({
  step: z.literal('edit'),
  gridJson: z.string(),
  eventsJson: z.string(),
  operations: z.array(OperationSchema),
  /** What to make of the edited events beside their grid. */
  outputs: z.object({
    eventGrid: z.boolean(),
    layers: z.boolean(),
    midi: z.boolean(),
    preview: z.boolean(),
  }),
  poolsJson: z.string().nullable(),
  sampleRoot: z.string().nullable(),
  renderSampleRate: z.number().int().min(8000).max(192_000),
  out: z.string(),
});

export async function editEvents(
  call: StageCaller,
  from: { readonly grid: FileRef; readonly events: FileRef },
  operations: z.input<typeof EditSchema>['operations'],
  layers = false,
): Promise<Readonly<Record<string, FileRef>>> {
  const { files } = await call.stage(
    'edit',
    { ...from, operations, layers },
    { title: 'Editing', weight: WEIGHTS.groove },
  );
  return files;
}

/** Seed step 6: `event_grid_N.json`, and `notes_N.mid` or `preview_N.wav` where asked for. */
export async function edit(call: StageCaller, params: z.infer<typeof EditSchema>): Promise<JobOutcome> {
  await ensureWritable(params.out);
  call.plan(3, WEIGHTS.groove + WEIGHTS.render + WEIGHTS.publish);
  const grid = await call.file(resolve(params.gridJson));
  const given = await call.file(resolve(params.eventsJson));
  const { operations, outputs } = params;
  const edited = await editEvents(call, { grid, events: given }, operations, outputs.layers);
  const eventGrid = fileOf(edited, 'eventGrid');
  const group: Publication[] = [];
  if (outputs.eventGrid) group.push(...eventGridFiles(edited));
  if (outputs.midi) group.push(await midiFile(grid, eventGrid));
  if (outputs.preview) group.push(await previewFile(call, { grid, eventGrid }, params));
  const { files } = await call.step({ title: 'Writing the edit', weight: WEIGHTS.publish }, () =>
    publishNumbered(params.out, group),
  );
  return { files, made: {} };
}

async function previewFile(
  call: StageCaller,
  from: { readonly grid: FileRef; readonly eventGrid: FileRef },
  params: z.infer<typeof EditSchema>,
): Promise<Publication> {
  const ids = sampleIdsOf(await patternIn(from.grid.path, from.eventGrid.path));
  const poolsPath = params.poolsJson && resolve(params.poolsJson);
  const samples = await samplesById(call, ids, { sampleRoot: params.sampleRoot, poolsPath });
  const { wav } = await renderEvents(call, from, samples, {
    name: 'preview',
    sampleRate: params.renderSampleRate,
  });
  return { kind: 'preview', stem: 'preview', extension: '.wav', content: wav };
}

async function midiFile(grid: FileRef, eventGrid: FileRef): Promise<Publication> {
  const bytes = encodeMidi(await patternIn(grid.path, eventGrid.path), { type: 1 });
  return { kind: 'midi', stem: 'notes', extension: '.mid', content: { bytes } };
}
