import type { Jobs, StageRunner } from '#main/jobs';
import type { Library } from '#main/library';
import { EAR_SETTING } from '#shared/model';
import type { AppInfo, Services } from '#shared/protocol';
import { correctTempo } from './correct-tempo';
import { datasetServices, type HubTokens } from './dataset';
import { demoOf } from './ensure-demo';
import { ensureSounds } from './embed-library';
import { exportOutlook, prepareDrag } from './export';
import { generateGroove } from './generate-groove';
import { setTrackHearing, trackHearing } from './hear-again';
import { grooveOfTrack } from './groove-of-track';
import { hitBook } from './hit-book';
import { importSongs } from './import-songs';
import { drumMapsIn, importMidi, previewMidi } from './midi';
import { kitOf } from './kit-of';
import { importKit, previewKitFile } from './kits';
import { layOutPattern } from './lay-out-pattern';
import { makeKit } from './make-kit';
import { chosenEar, importModel, inspectModel, modelCards, removeModel, usualSeparator } from './models';
import { overrideHits } from './override-hits';
import { playTake } from './play-take';
import { removeSource } from './remove-source';
import { removeTrack } from './remove-track';
import { rescoreHits } from './rescore-hits';
import { retryJob } from './retry-job';
import { patternHistory, savePattern } from './save-pattern';
import { openHitSearch } from './search-hits';
import { drawMap } from './sound-map';
import { twinHits } from './twins';
import { importSamples, lookAtAudio } from './samples';
import type { ResolveUpload } from './uploads';
import { watchLibrary } from './watch-library';

export interface ServicesOptions {
  readonly library: Library;
  readonly jobs: Jobs;
  readonly modelsFolder: string;
  readonly exportsFolder: string;
  /** The process that plays takes. */
  readonly takes: StageRunner;
  /** The process that searches. */
  readonly searches: StageRunner;
  /** The process that tries and reads samples of datasets. */
  readonly datasets: StageRunner;
  /** Of the hub, for uploads that were asked for. */
  readonly tokens: HubTokens;
  readonly resolveUpload: ResolveUpload;
  readonly host: AppInfo['host'];
  readonly version: string;
  readonly open: () => AppInfo['open'];
}

/** What every door offers, each wish by its use case. Expected failures are thrown as `Failed`; the doors send their code. */
export function createServices({ library, jobs, ...options }: ServicesOptions): Services {
  const { host, version } = options;
  const player = { runner: options.takes, modelsFolder: options.modelsFolder };
  const search = openHitSearch(library, { runner: options.searches, modelsFolder: options.modelsFolder });
  const book = hitBook(library);
  const now = (): string => new Date().toISOString();
  return {
    ...datasetServices(library, jobs, {
      runner: options.datasets,
      exportsFolder: options.exportsFolder,
      version,
      tokens: options.tokens,
    }),
    info: async () => ({
      version,
      host,
      demo: await demoOf(library),
      separator: await usualSeparator(library),
      ear: await chosenEar(library),
      open: options.open(),
    }),
    tracks: () => library.tracks.all(),
    hits: trackId => library.hits.ofTrack(trackId),
    importTracks: async paths =>
      importSongs(jobs, paths, await usualSeparator(library), options.resolveUpload),
    lookAtAudio: paths => lookAtAudio(paths, options.resolveUpload),
    importSamples: paths => importSamples(jobs, paths, options.resolveUpload),
    trackHearing: trackId => trackHearing(library, trackId),
    setTrackHearing: (trackId, hearing) => setTrackHearing(library, jobs, trackId, hearing),
    removeTrack: trackId => removeTrack(library, trackId),
    correctTempo: (trackId, correction) => correctTempo(library, trackId, correction),
    grooveOfTrack: (trackId, bars) => grooveOfTrack(library, trackId, bars, new Date()),
    overrideHit: (hitId, override) =>
      overrideHits(library, [hitId], override && { role: null, instrument: null, ...override }, new Date()),
    rescoreHits: request => rescoreHits(library, options.modelsFolder, request),
    overrideHits: (hitIds, change) => overrideHits(library, hitIds, change, new Date()),
    hitBook() {
      search.warm();
      return book();
    },
    searchHits: request => search.search(request),
    findTwins: async () => ({ jobId: await jobs.enqueue('find-twins', 'Sounds that are the same', {}) }),
    twinHits: async () => twinHits(library, await book()),
    drawMap: async afresh => ({ jobId: await drawMap(library, jobs, afresh) }),
    hitsById: hitIds => library.hits.some(hitIds),
    markHits: async (hitIds, change) => {
      await library.write(at => at.marks.change(hitIds, change));
    },
    sources: () => library.sources.all(),
    removeSource: sourceId => removeSource(library, sourceId),
    kits: () => library.kits.all(),
    async kitHits(kitId) {
      const kit = await library.kits.one(kitId);
      return library.hits.some(kit?.pads.flatMap(pad => pad.hits) ?? []);
    },
    makeKit: (kitId, name, hitIds) => makeKit(library, kitId, name, hitIds, now()),
    saveKit: kit => library.write(at => at.kits.put(kit, now())),
    removeKit: id => library.write(at => at.kits.remove(id)),
    patterns: () => library.patterns.all(),
    savePattern: (stored, history) => savePattern(library, stored, history, now()),
    patternHistory: patternId => patternHistory(library, patternId),
    songs: () => library.songs.all(),
    saveSong: song => library.write(at => at.songs.put(song, now())),
    removeSong: id => library.write(at => at.songs.remove(id)),
    templates: () => library.templates.all(),
    saveTemplate: stored => library.write(at => at.templates.put(stored, now())),
    removeTemplate: id => library.write(at => at.templates.remove(id)),
    drumMaps: () => drumMapsIn(library.folder),
    previewMidi: path => previewMidi(path, options.resolveUpload),
    importMidi: request => importMidi(library, request, options.resolveUpload, new Date()),
    generate: (request, base) => generateGroove(library, player, request, base),
    take: (request, base) => playTake(library, player, request, base),
    layOut: (pattern, kitId) => layOutPattern(library, pattern, kitId),
    exportPattern: async request => ({
      jobId: await jobs.enqueue('export-pattern', request.patternName, request),
    }),
    exportOutlook: request => exportOutlook(library, options.exportsFolder, request),
    prepareDrag: prepareDrag(library, jobs),
    async exportKit(request) {
      const kit = await kitOf(library, request.kitId);
      return { jobId: await jobs.enqueue('export-kit', kit.name, request) };
    },
    previewKitFile: path => previewKitFile(path, options.resolveUpload),
    importKit: request => importKit(jobs, request, options.resolveUpload),
    jobs: () => jobs.list(),
    cancelJob: jobId => jobs.cancel(jobId),
    retryJob: (jobId, separator) => retryJob(library, jobs, jobId, separator),
    dismissJob: jobId => jobs.dismiss(jobId),
    models: () => modelCards(library, options.modelsFolder),
    inspectModel: paths => inspectModel(jobs, paths, options.resolveUpload),
    importModel: async request => ({ jobId: await importModel(jobs, request, options.resolveUpload) }),
    removeModel: id => removeModel(library, id),
    watchJobs: listener => jobs.watch(listener),
    watchLibrary: listener => watchLibrary(library, listener),
    settings: () => library.settings.all(),
    async saveSetting(name, value) {
      await library.write(at => at.settings.put(name, value));
      // What fails is told by the job itself.
      if (name === EAR_SETTING) void ensureSounds(library, jobs, options.modelsFolder).catch(() => undefined);
    },
  };
}
