import { resolve } from 'node:path';
import type { FileRef, JobOutcome, StageCaller } from '#main/jobs';
import { type Mix, PLAIN_MIX, SLICE_FORMATS } from '#shared/model';
import { z } from 'zod';
import { fileOf, WEIGHTS } from '../hear';
import { patternIn, type SampleInput, sampleIdsOf, samplesById } from '../inputs';
import type { GridFiles } from './groove-files';
import { ensureWritable, freeName, type Publication, publishPlain } from '../publish';

/** What the `--limiter` of the command line stands for. */
const LIMITED_MIX: Mix = { ...PLAIN_MIX, master: { ...PLAIN_MIX.master, ceilingDecibels: -1 } };

export const RenderOptionsSchema = z.object({
  name: z.string().min(1).max(120),
  sampleRate: z.number().int().min(8000).max(192_000).default(44_100),
  format: z.enum(SLICE_FORMATS).default('24'),
  mp3: z.boolean().default(false),
  stems: z.boolean().default(false),
  limiter: z.boolean().default(false),
  tailSeconds: z.number().min(0).max(30).default(2),
});
export type RenderOptions = z.input<typeof RenderOptionsSchema>;

export const RenderSchema = z.object({
  step: z.literal('render'),
  ...RenderOptionsSchema.shape,
  gridJson: z.string(),
  eventsJson: z.string(),
  poolsJson: z.string().nullable(),
  sampleRoot: z.string().nullable(),
  out: z.string(),
});

export interface Rendered {
  readonly wav: FileRef;
  readonly mp3: FileRef | null;
  /** Role and stem. */
  readonly stems: readonly (readonly [string, FileRef])[];
}

export async function renderEvents(
  call: StageCaller,
  from: GridFiles,
  samples: readonly SampleInput[],
  options: RenderOptions,
): Promise<Rendered> {
  const { limiter, ...settings } = RenderOptionsSchema.parse(options);
  const { files } = await call.stage(
    'render',
    { grid: from.grid, events: from.eventGrid, samples, mix: limiter ? LIMITED_MIX : PLAIN_MIX, ...settings },
    { title: 'Rendering', weight: WEIGHTS.render },
  );
  return {
    wav: fileOf(files, 'wav'),
    mp3: settings.mp3 ? fileOf(files, 'mp3') : null,
    stems: Object.entries(files).flatMap(([name, file]) =>
      name.startsWith('stem:') ? [[name.slice('stem:'.length), file] as const] : [],
    ),
  };
}

/** `{name}.wav`, `{name}.mp3` and `{name}_stems/ROLE.wav`. */
export const renderFiles = (rendered: Rendered, name: string): Publication[] => [
  { kind: 'wav', stem: name, extension: '.wav', content: rendered.wav },
  ...(rendered.mp3 ? [{ kind: 'mp3', stem: name, extension: '.mp3', content: rendered.mp3 }] : []),
  ...rendered.stems.map(([role, file]) => ({
    kind: `stem:${role}`,
    stem: `${name}_stems/${role}`,
    extension: '.wav',
    content: file,
  })),
];

/** Seed step 7. */
export async function render(call: StageCaller, params: z.infer<typeof RenderSchema>): Promise<JobOutcome> {
  await ensureWritable(params.out);
  call.plan(2, WEIGHTS.render + WEIGHTS.publish);
  const ids = sampleIdsOf(await patternIn(resolve(params.gridJson), resolve(params.eventsJson)));
  const { poolsJson, sampleRoot } = params;
  const samples = await samplesById(call, ids, { sampleRoot, poolsPath: poolsJson && resolve(poolsJson) });
  const from = {
    grid: await call.file(resolve(params.gridJson)),
    eventGrid: await call.file(resolve(params.eventsJson)),
  };
  const rendered = await renderEvents(call, from, samples, RenderOptionsSchema.parse(params));
  const files = await call.step({ title: 'Writing the render', weight: WEIGHTS.publish }, async () => {
    const name = await freeName(params.out, params.name, ['.wav', '.mp3']);
    return publishPlain(params.out, renderFiles(rendered, name));
  });
  return { files, made: {} };
}
