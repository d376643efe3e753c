import { resolve } from 'node:path';
import type { FileRef, JobOutcome, StageCaller } from '#main/jobs';
import type { EncodeFormat } from '#main/pipeline/encode';
import { loopTempo } from '#shared/mix';
import { type Mix, type Pattern, PLAIN_MIX, SLICE_FORMATS } from '#shared/model';
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
  /** How often the groove is played, chances drawn anew each time. */
  passes: z.number().int().min(1).max(64).default(1),
  /** Exactly as long as the bars; what rings on over the end sounds at the start. */
  loop: z.boolean().default(false),
});
export type RenderOptions = z.input<typeof RenderOptionsSchema>;

export const RenderSchema = z.object({
  step: z.literal('render'),
  ...RenderOptionsSchema.shape,
  /** A FLAC of the same samples beside every WAV. */
  flac: z.boolean().default(false),
  /** Tempo, beats and loop points in the WAVs. */
  acid: z.boolean().default(false),
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
  const encodings = params.flac || params.acid ? (params.flac ? 2 : 1) : 0;
  call.plan(2 + encodings, WEIGHTS.render * (1 + encodings / 2) + WEIGHTS.publish);
  const pattern = await patternIn(resolve(params.gridJson), resolve(params.eventsJson));
  const ids = sampleIdsOf(pattern);
  const { poolsJson, sampleRoot } = params;
  const samples = await samplesById(call, ids, { sampleRoot, poolsPath: poolsJson && resolve(poolsJson) });
  const from = {
    grid: await call.file(resolve(params.gridJson)),
    eventGrid: await call.file(resolve(params.eventsJson)),
  };
  const options = RenderOptionsSchema.parse(params);
  // Where files are encoded, they are all cut from the same audio.
  const format = encodings > 0 ? '32f' : options.format;
  const rendered = await renderEvents(call, from, samples, { ...options, format });
  const { wavs, flacs } =
    encodings > 0 ? await encoded(call, rendered, params, pattern) : { wavs: rendered, flacs: null };
  const files = await call.step({ title: 'Writing the render', weight: WEIGHTS.publish }, async () => {
    const name = await freeName(params.out, params.name, ['.wav', '.mp3', '.flac']);
    const beside = flacs
      ? renderFiles(flacs, name).map(file => ({ ...file, kind: flacKind(file.kind), extension: '.flac' }))
      : [];
    return publishPlain(params.out, [...renderFiles(wavs, name), ...beside]);
  });
  return { files, made: {} };
}

const flacKind = (kind: string): string => (kind === 'wav' ? 'flac' : kind.replace('stem:', 'flac:'));

/** The renders as WAVs of the depth that was asked for, and as FLACs of the same samples. */
async function encoded(
  call: StageCaller,
  rendered: Rendered,
  { format, flac, acid, passes }: z.infer<typeof RenderSchema>,
  pattern: Pattern,
): Promise<{ readonly wavs: Rendered; readonly flacs: Rendered | null }> {
  const sources = [
    { key: 'mix', file: rendered.wav },
    ...rendered.stems.map(([role, file]) => ({ key: `stem:${role}`, file })),
  ];
  const encode = async (wanted: EncodeFormat): Promise<Rendered> => {
    const { files } = await call.stage(
      'encode',
      { sources, format: wanted },
      { title: 'Encoding', weight: WEIGHTS.render / 2 },
    );
    const stems = rendered.stems.map(([role]) => [role, fileOf(files, `stem:${role}`)] as const);
    return { wav: fileOf(files, 'mix'), mp3: null, stems };
  };
  const loop = acid ? { ...loopTempo(pattern, passes), cues: [] } : null;
  const wavs = { ...(await encode({ kind: 'wav', bits: format, loop })), mp3: rendered.mp3 };
  if (!flac) return { wavs, flacs: null };
  const comments = { BPM: String(pattern.tempo) };
  return { wavs, flacs: await encode({ kind: 'flac', bits: format === '16' ? 16 : 24, comments }) };
}
