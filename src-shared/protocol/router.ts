import { initTRPC } from '@trpc/server';
import { z } from 'zod';
import { GenerationConfigSchema } from '../dataset';
import {
  GrooveTemplateSchema,
  InstrumentSchema,
  KitSchema,
  PatternSchema,
  RoleSchema,
  SeparatorSchema,
  SongSchema,
  TempoCorrectionSchema,
  TrackHearingSchema,
} from '../model';
import { MarksChangeSchema, OverrideChangeSchema, SearchRequestSchema } from './browse';
import { DatasetRequestSchema, DatasetSampleFilterSchema, PublishRequestSchema } from './dataset';
import { ExportSchema } from './export';
import { explain, type Failure, FailureSchema } from './failure';
import { GenerateSchema } from './generate';
import { HistoryChangeSchema } from './history';
import { ExportKitSchema, ImportKitSchema } from './kit-files';
import { ImportMidiSchema } from './midi';
import { ImportModelSchema } from './models';
import { RescoreSchema } from './rescore';
import type { Services } from './services';
import { StoredPatternSchema } from './stored-pattern';
import { TakeRequestSchema } from './take';
import { WantedBarsSchema } from './track-groove';

const identity = { serialize: (value: unknown) => value, deserialize: (value: unknown) => value };

/** An async stream of what `watch` tells its listener; only the newest value is kept while the reader is busy. */
async function* stream<Value>(
  watch: (listener: (value: Value) => void) => () => void,
  signal: AbortSignal | undefined,
): AsyncGenerator<Value> {
  let newest: { readonly value: Value } | undefined;
  let wake: () => void = () => undefined;
  const stop = watch(value => {
    newest = { value };
    wake();
  });
  const onAbort = (): void => wake();
  signal?.addEventListener('abort', onAbort);
  try {
    for (;;) {
      if (signal?.aborted) return;
      if (newest) {
        const { value } = newest;
        newest = undefined;
        yield value;
      } else {
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    stop();
  }
}

/** The expected failure that a service threw: an error that carries one as `failure`; null for a bug. */
export function failureOf(error: unknown): Failure | null {
  const carried =
    error instanceof Error && 'failure' in error ? FailureSchema.safeParse(error.failure) : null;
  return carried?.success ? carried.data : null;
}

/** Hits that one wish may name. */
const MOST_HITS = 100_000;
/** Samples of a dataset that one page may hold. */
const MOST_SAMPLES = 1000;

/** The one router behind Electron IPC and the web host's WebSocket. Its inputs are parsed here and trusted after. */
export function createRouter(services: Services) {
  const t = initTRPC.create({
    isServer: true,
    isDev: false,
    transformer: identity,
    errorFormatter({ shape, error }) {
      const failure = failureOf(error.cause);
      return {
        ...shape,
        message: failure ? explain(failure) : shape.message,
        data: { ...shape.data, failure },
      };
    },
  });
  const { procedure } = t;
  const trackId = z.object({ trackId: z.string() });
  const jobId = z.object({ jobId: z.string() });
  const runId = z.object({ runId: z.string() });
  const hitIds = z.array(z.string()).max(MOST_HITS);
  return t.router({
    info: procedure.query(() => services.info()),
    tracks: procedure.query(() => services.tracks()),
    hits: procedure.input(trackId).query(({ input }) => services.hits(input.trackId)),
    importTracks: procedure
      .input(z.object({ paths: z.array(z.string()).min(1) }))
      .mutation(({ input }) => services.importTracks(input.paths)),
    lookAtAudio: procedure
      .input(z.object({ paths: z.array(z.string()).min(1) }))
      .query(({ input }) => services.lookAtAudio(input.paths)),
    importSamples: procedure
      .input(z.object({ paths: z.array(z.string()).min(1) }))
      .mutation(({ input }) => services.importSamples(input.paths)),
    trackHearing: procedure.input(trackId).query(({ input }) => services.trackHearing(input.trackId)),
    setTrackHearing: procedure
      .input(trackId.extend({ hearing: TrackHearingSchema }))
      .mutation(({ input }) => services.setTrackHearing(input.trackId, input.hearing)),
    removeTrack: procedure.input(trackId).mutation(({ input }) => services.removeTrack(input.trackId)),
    correctTempo: procedure
      .input(trackId.extend({ correction: TempoCorrectionSchema.nullable() }))
      .mutation(({ input }) => services.correctTempo(input.trackId, input.correction)),
    grooveOfTrack: procedure
      .input(trackId.extend({ bars: WantedBarsSchema }))
      .mutation(({ input }) => services.grooveOfTrack(input.trackId, input.bars)),
    overrideHit: procedure
      .input(
        z.object({
          hitId: z.string(),
          override: z
            .object({ role: RoleSchema.optional(), instrument: InstrumentSchema.optional() })
            .nullable(),
        }),
      )
      .mutation(({ input }) => services.overrideHit(input.hitId, input.override)),
    rescoreHits: procedure.input(RescoreSchema).mutation(({ input }) => services.rescoreHits(input)),
    overrideHits: procedure
      .input(z.object({ hitIds, change: OverrideChangeSchema.nullable() }))
      .mutation(({ input }) => services.overrideHits(input.hitIds, input.change)),
    hitBook: procedure.query(() => services.hitBook()),
    searchHits: procedure.input(SearchRequestSchema).query(({ input }) => services.searchHits(input)),
    findTwins: procedure.mutation(() => services.findTwins()),
    twinHits: procedure.query(() => services.twinHits()),
    drawMap: procedure
      .input(z.object({ afresh: z.boolean() }))
      .mutation(({ input }) => services.drawMap(input.afresh)),
    hitsById: procedure.input(z.object({ hitIds })).query(({ input }) => services.hitsById(input.hitIds)),
    markHits: procedure
      .input(z.object({ hitIds, change: MarksChangeSchema }))
      .mutation(({ input }) => services.markHits(input.hitIds, input.change)),
    sources: procedure.query(() => services.sources()),
    removeSource: procedure
      .input(z.object({ sourceId: z.string() }))
      .mutation(({ input }) => services.removeSource(input.sourceId)),
    kits: procedure.query(() => services.kits()),
    kitHits: procedure
      .input(z.object({ kitId: z.string() }))
      .query(({ input }) => services.kitHits(input.kitId)),
    makeKit: procedure
      .input(z.object({ kitId: z.string().min(1), name: z.string().min(1), hitIds }))
      .mutation(({ input }) => services.makeKit(input.kitId, input.name, input.hitIds)),
    removeKit: procedure
      .input(z.object({ kitId: z.string() }))
      .mutation(({ input }) => services.removeKit(input.kitId)),
    saveKit: procedure.input(KitSchema).mutation(({ input }) => services.saveKit(input)),
    patterns: procedure.query(() => services.patterns()),
    savePattern: procedure
      .input(z.object({ stored: StoredPatternSchema, history: HistoryChangeSchema.nullable() }))
      .mutation(({ input }) => services.savePattern(input.stored, input.history)),
    patternHistory: procedure
      .input(z.object({ patternId: z.string() }))
      .query(({ input }) => services.patternHistory(input.patternId)),
    songs: procedure.query(() => services.songs()),
    saveSong: procedure.input(SongSchema).mutation(({ input }) => services.saveSong(input)),
    removeSong: procedure
      .input(z.object({ songId: z.string() }))
      .mutation(({ input }) => services.removeSong(input.songId)),
    templates: procedure.query(() => services.templates()),
    saveTemplate: procedure
      .input(z.object({ id: z.string().min(1), template: GrooveTemplateSchema }))
      .mutation(({ input }) => services.saveTemplate(input)),
    removeTemplate: procedure
      .input(z.object({ templateId: z.string() }))
      .mutation(({ input }) => services.removeTemplate(input.templateId)),
    drumMaps: procedure.query(() => services.drumMaps()),
    previewMidi: procedure
      .input(z.object({ path: z.string() }))
      .mutation(({ input }) => services.previewMidi(input.path)),
    importMidi: procedure.input(ImportMidiSchema).mutation(({ input }) => services.importMidi(input)),
    generate: procedure
      .input(z.object({ request: GenerateSchema, base: PatternSchema.nullable() }))
      .mutation(({ input }) => services.generate(input.request, input.base)),
    take: procedure
      .input(z.object({ request: TakeRequestSchema, base: PatternSchema }))
      .mutation(({ input }) => services.take(input.request, input.base)),
    layOut: procedure
      .input(z.object({ pattern: PatternSchema, kitId: z.string() }))
      .mutation(({ input }) => services.layOut(input.pattern, input.kitId)),
    exportPattern: procedure.input(ExportSchema).mutation(({ input }) => services.exportPattern(input)),
    exportOutlook: procedure.input(ExportSchema).query(({ input }) => services.exportOutlook(input)),
    prepareDrag: procedure.input(ExportSchema).mutation(({ input }) => services.prepareDrag(input)),
    exportKit: procedure.input(ExportKitSchema).mutation(({ input }) => services.exportKit(input)),
    previewKitFile: procedure
      .input(z.object({ path: z.string() }))
      .mutation(({ input }) => services.previewKitFile(input.path)),
    importKit: procedure.input(ImportKitSchema).mutation(({ input }) => services.importKit(input)),
    jobs: procedure.query(() => services.jobs()),
    cancelJob: procedure.input(jobId).mutation(({ input }) => services.cancelJob(input.jobId)),
    retryJob: procedure
      .input(jobId.extend({ separator: SeparatorSchema.nullable().default(null) }))
      .mutation(({ input }) => services.retryJob(input.jobId, input.separator)),
    dismissJob: procedure.input(jobId).mutation(({ input }) => services.dismissJob(input.jobId)),
    models: procedure.query(() => services.models()),
    inspectModel: procedure
      .input(ImportModelSchema.pick({ paths: true }))
      .mutation(({ input }) => services.inspectModel(input.paths)),
    importModel: procedure.input(ImportModelSchema).mutation(({ input }) => services.importModel(input)),
    removeModel: procedure
      .input(z.object({ id: z.string() }))
      .mutation(({ input }) => services.removeModel(input.id)),
    datasetCatalogue: procedure
      .input(z.object({ fonts: z.array(z.string()).default([]) }))
      .query(({ input }) => services.datasetCatalogue(input.fonts)),
    estimateDataset: procedure
      .input(DatasetRequestSchema)
      .query(({ input, signal }) => services.estimateDataset(input, signal)),
    generateDataset: procedure
      .input(DatasetRequestSchema)
      .mutation(({ input }) => services.generateDataset(input)),
    datasetRuns: procedure.query(() => services.datasetRuns()),
    pauseDataset: procedure.input(runId).mutation(({ input }) => services.pauseDataset(input.runId)),
    resumeDataset: procedure.input(runId).mutation(({ input }) => services.resumeDataset(input.runId)),
    removeDatasetRun: procedure.input(runId).mutation(({ input }) => services.removeDatasetRun(input.runId)),
    datasetSamples: procedure
      .input(
        runId.extend({
          filter: DatasetSampleFilterSchema,
          offset: z.number().int().min(0),
          limit: z.number().int().min(1).max(MOST_SAMPLES),
        }),
      )
      .query(({ input }) => services.datasetSamples(input.runId, input.filter, input.offset, input.limit)),
    datasetSample: procedure
      .input(runId.extend({ number: z.number().int().min(0) }))
      .query(({ input }) => services.datasetSample(input.runId, input.number)),
    saveDatasetConfig: procedure
      .input(z.object({ name: z.string().trim().min(1).max(80), config: GenerationConfigSchema }))
      .mutation(({ input }) => services.saveDatasetConfig(input.name, input.config)),
    removeDatasetConfig: procedure
      .input(z.object({ name: z.string() }))
      .mutation(({ input }) => services.removeDatasetConfig(input.name)),
    datasetCommand: procedure
      .input(DatasetRequestSchema)
      .query(({ input }) => services.datasetCommand(input)),
    validateDataset: procedure.input(runId).mutation(({ input }) => services.validateDataset(input.runId)),
    datasetReport: procedure.input(runId).query(({ input }) => services.datasetReport(input.runId)),
    publishDataset: procedure
      .input(PublishRequestSchema)
      .mutation(({ input }) => services.publishDataset(input)),
    watchJobs: procedure.subscription(({ signal }) => stream(services.watchJobs.bind(services), signal)),
    watchLibrary: procedure.subscription(({ signal }) =>
      stream(services.watchLibrary.bind(services), signal),
    ),
    settings: procedure.query(() => services.settings()),
    saveSetting: procedure
      .input(z.object({ name: z.string().min(1), value: z.unknown() }))
      .mutation(({ input }) => services.saveSetting(input.name, input.value)),
  });
}

export type AppRouter = ReturnType<typeof createRouter>;
