import type { Jobs } from '#main/jobs';
import type { Library } from '#main/library';
import type { AppInfo, Services } from '#shared/protocol';
import { correctTempo } from './correct-tempo';
import { demoOf } from './ensure-demo';
import { generateGroove } from './generate-groove';
import { importSongs, type ResolveUpload } from './import-songs';
import { layOutPattern } from './lay-out-pattern';
import { overrideHit } from './override-hit';
import { removeTrack } from './remove-track';
import { watchLibrary } from './watch-library';

export interface ServicesOptions {
  readonly library: Library;
  readonly jobs: Jobs;
  readonly resolveUpload: ResolveUpload;
  readonly host: AppInfo['host'];
  readonly version: string;
  readonly open: () => AppInfo['open'];
}

/** What every door offers, each wish by its use case. Expected failures are thrown as `Failed`; the doors send their code. */
export function createServices({ library, jobs, ...options }: ServicesOptions): Services {
  const { host, version } = options;
  const now = (): string => new Date().toISOString();
  return {
    info: async () => ({ version, host, demo: await demoOf(library), open: options.open() }),
    tracks: () => library.tracks.all(),
    hits: trackId => library.hits.ofTrack(trackId),
    importTracks: paths => importSongs(jobs, paths, options.resolveUpload),
    removeTrack: trackId => removeTrack(library, trackId),
    correctTempo: (trackId, correction) => correctTempo(library, trackId, correction),
    overrideHit: (hitId, override) => overrideHit(library, hitId, override, new Date()),
    kits: () => library.kits.all(),
    async kitHits(kitId) {
      const kit = await library.kits.one(kitId);
      return library.hits.some(kit?.pads.flatMap(pad => pad.hits) ?? []);
    },
    saveKit: kit => library.write(at => at.kits.put(kit, now())),
    patterns: () => library.patterns.all(),
    savePattern: stored => library.write(at => at.patterns.put(stored, now())),
    generate: (request, base) => generateGroove(library, request, base),
    layOut: (pattern, kitId) => layOutPattern(library, pattern, kitId),
    exportPattern: async request => ({ jobId: await jobs.enqueue('export-pattern', request.name, request) }),
    jobs: () => jobs.list(),
    cancelJob: jobId => jobs.cancel(jobId),
    retryJob: jobId => jobs.retry(jobId),
    dismissJob: jobId => jobs.dismiss(jobId),
    watchJobs: listener => jobs.watch(listener),
    watchLibrary: listener => watchLibrary(library, listener),
    settings: () => library.settings.all(),
    saveSetting: (name, value) => library.write(at => at.settings.put(name, value)),
  };
}
