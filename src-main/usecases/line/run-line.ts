import { basename, join, resolve } from 'node:path';
import type { FileRef, JobOutcome, JobProgram, StageCaller } from '#main/jobs';
import { type KitManifest, type Pattern, SLICE_FORMATS, type Tempo } from '#shared/model';
import { ChoiceSchema, type JobView, type ResultFile } from '#shared/protocol';
import { z } from 'zod';
import {
  fileOf,
  findTempo,
  HEARING_STAGES,
  HEARING_WEIGHT,
  type HeardSong,
  HearingSchema,
  hearSong,
  WEIGHTS,
} from './hear';
import { patternIn, type SampleInput, sampleIdsOf } from './inputs';
import { ensureWritable, freeName, publishNumbered, publishPlain } from './publish';
import { editEvents } from './steps/edit';
import { drawSkeleton, layOutEvents, SkeletonOptionsSchema } from './steps/groove';
import { type Generated, generateByAnyEngine } from './steps/generate';
import { layoutFiles, skeletonFiles, transformerFiles } from './steps/groove-files';
import { stemFile } from './steps/hearing-files';
import { freeKitFolder, kitFiles } from './steps/preprocess';
import { type Rendered, renderEvents, renderFiles } from './steps/render';
import { type Listened, listenTo } from './listening';
import { makeKit, type SongKit } from './song-kit';
import { type Judged, judgeSamples, roleFiles } from './steps/roles';

export const RunLineSchema = z.object({
  file: z.string(),
  out: z.string(),
  /** Tempo of the groove; `auto` takes the song's, or the skeleton's own where the song has no pulse. */
  tempo: z.union([z.literal('auto'), z.number().min(20).max(400)]),
  skeleton: SkeletonOptionsSchema,
  choice: ChoiceSchema,
  format: z.enum(SLICE_FORMATS),
  hearing: HearingSchema,
});

/** What the whole line found and made, for the library. */
export interface FinishedLine {
  readonly song: HeardSong;
  readonly tempo: Tempo | null;
  readonly manifest: KitManifest;
  readonly slices: readonly { readonly sampleId: string; readonly file: FileRef }[];
  readonly judgements: Judged['judgements'];
  /** null where the audio-text model could not be used. */
  readonly listened: Listened | null;
  readonly pattern: Pattern;
}

const STAGES = HEARING_STAGES + 10;
const WEIGHT =
  HEARING_WEIGHT +
  WEIGHTS.tempo +
  WEIGHTS.kit +
  WEIGHTS.embed +
  WEIGHTS.roles +
  4 * WEIGHTS.groove +
  WEIGHTS.render +
  2 * WEIGHTS.publish;

/** The seven steps on one song. `store` puts what came of it into the library, so that the studio can open it. */
export function runLineProgram(store: (line: FinishedLine) => Promise<JobView['made']>): JobProgram {
  return async (call, params): Promise<JobOutcome> => {
    const options = RunLineSchema.parse(params);
    await ensureWritable(options.out);
    call.plan(STAGES, WEIGHT);
    const song = await hearSong(call, options.file, options.hearing);
    const tempo = await findTempo(call, song.drums, song.onsets);
    const kit = await makeKit(call, song);
    const listened = await listenTo(call, kit.samples);
    const judged = await judgeSamples(call, kit.samples, { listened });
    const bpm = options.tempo === 'auto' ? (tempo?.bpm ?? options.skeleton.bpm) : options.tempo;
    const groove = await makeGroove(call, options, bpm, judged.pools);
    const rendered = await renderGroove(call, song.name, options, groove, kit.samples);
    const files = await call.step({ title: 'Writing files', weight: WEIGHTS.publish }, () =>
      publishLine(options.out, { song, kit, judged, groove, rendered }),
    );
    const made = await call.step({ title: 'Filling the library', weight: WEIGHTS.publish }, async () =>
      store({
        song,
        tempo,
        manifest: kit.manifest,
        slices: kit.samples,
        judgements: judged.judgements,
        listened,
        pattern: await patternIn(groove.grid.path, groove.edited.path),
      }),
    );
    return { files, made };
  };
}

interface LineGroove {
  readonly grid: FileRef;
  readonly drawn: Awaited<ReturnType<typeof drawSkeleton>>;
  readonly generated: Generated;
  readonly laid: Readonly<Record<string, FileRef>>;
  readonly edited: FileRef;
}

async function makeGroove(
  call: StageCaller,
  options: z.infer<typeof RunLineSchema>,
  bpm: number,
  pools: FileRef,
): Promise<LineGroove> {
  const drawn = await drawSkeleton(call, { ...options.skeleton, bpm }, pools);
  const { grid } = drawn;
  const { seed } = options.skeleton;
  const generated = await generateByAnyEngine(call, { grid, events: drawn.eventGrid, pools }, seed);
  const laid = await layOutEvents(
    call,
    { grid, events: generated.eventGrid, pools },
    { choice: options.choice, seed, micro: 'keep', layers: true },
  );
  const events = fileOf(laid, 'eventGrid');
  const edited = fileOf(await editEvents(call, { grid, events }, [{ op: 'snap', where: {} }]), 'eventGrid');
  return { grid, drawn, generated, laid, edited };
}

async function renderGroove(
  call: StageCaller,
  name: string,
  options: z.infer<typeof RunLineSchema>,
  groove: LineGroove,
  samples: readonly SampleInput[],
): Promise<Rendered> {
  const used = new Set(sampleIdsOf(await patternIn(groove.grid.path, groove.edited.path)));
  return renderEvents(
    call,
    { grid: groove.grid, eventGrid: groove.edited },
    samples.filter(sample => used.has(sample.sampleId)),
    { name, format: options.format, mp3: true, stems: true },
  );
}

/** Everything for the user: stems and kit in folders of their own, the seeds' numbered files, the render by the song's name. */
async function publishLine(
  out: string,
  line: {
    readonly song: HeardSong;
    readonly kit: SongKit;
    readonly judged: Judged;
    readonly groove: LineGroove;
    readonly rendered: Rendered;
  },
): Promise<ResultFile[]> {
  const { song, kit, judged, groove, rendered } = line;
  const stemFolder = await freeName(out, 'stems', ['']);
  const parts = song.stems.filter(stem => stem.kind !== 'mix');
  const stems = await publishPlain(join(out, stemFolder), parts.map(stemFile));
  const kitFolder = await freeKitFolder(resolve(out, 'kit'), fileOf(kit.files, 'manifest').path);
  const slices = await publishPlain(kitFolder, kitFiles(kit.files));
  const pools = await roleFiles(judged, kit.samples, out, sample =>
    join(kitFolder, `${sample.sampleId}.wav`),
  );
  const kitName = basename(kitFolder);
  const skeleton = await skeletonFiles(groove.drawn, sampleId => `${kitName}/${sampleId}.wav`);
  const numbered = [
    ...(await publishNumbered(out, [...pools, ...skeleton])).files,
    ...(await publishNumbered(out, transformerFiles(groove.generated))).files,
    ...(await publishNumbered(out, layoutFiles(groove.laid))).files,
    ...(
      await publishNumbered(out, [
        { kind: 'event_grid', stem: 'event_grid', extension: '.json', content: groove.edited },
      ])
    ).files,
  ];
  const name = await freeName(out, song.name, ['.wav', '.mp3']);
  const render = await publishPlain(out, renderFiles(rendered, name));
  return [...render, ...numbered, ...stems, ...slices];
}
