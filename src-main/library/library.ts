import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { attempt, Failed } from '#main/platform';
import { createArtefactStore, type ArtefactStore } from './artefact-store';
import { readArtefacts, writeArtefacts } from './artefacts';
import { readVersions, type Versions } from './changes';
import { readDatasets, writeDatasets } from './datasets';
import { databasePath, failedDatabase, openDatabase, openForReading } from './database';
import { readHearings, writeHearings } from './hearings';
import { readHistories, writeHistories } from './histories';
import { readHitBook } from './hit-book';
import { readHits, writeHits } from './hits';
import { readJobs, writeJobs } from './jobs';
import { readKits, writeKits } from './kits';
import type { Noun } from './migrations';
import { createModelFolder, type ModelFolder } from './model-folder';
import { readMarks, writeMarks } from './marks';
import { readModels, writeModels } from './models';
import { readPlaces, writePlaces } from './places';
import { readPatterns, writePatterns } from './patterns';
import type { Reading, Writing } from './schema';
import { readSettings, writeSettings } from './settings';
import { readSongs, writeSongs } from './songs';
import { readSounds, writeSounds } from './sounds';
import { readSources, writeSources } from './sources';
import { readStageResults, writeStageResults } from './stage-results';
import { readTemplates, writeTemplates } from './templates';
import { readTracks, writeTracks } from './tracks';
import { readTwins, writeTwins } from './twins';

const readers = (db: Reading) => ({
  tracks: readTracks(db),
  hearings: readHearings(db),
  hits: readHits(db),
  kits: readKits(db),
  hitBook: readHitBook(db),
  sources: readSources(db),
  sounds: readSounds(db),
  marks: readMarks(db),
  places: readPlaces(db),
  twins: readTwins(db),
  patterns: readPatterns(db),
  histories: readHistories(db),
  templates: readTemplates(db),
  settings: readSettings(db),
  songs: readSongs(db),
  jobs: readJobs(db),
  models: readModels(db),
  datasets: readDatasets(db),
  stageResults: readStageResults(db),
  artefacts: readArtefacts(db),
});

const writers = (db: Writing) => ({
  tracks: writeTracks(db),
  hearings: writeHearings(db),
  hits: writeHits(db),
  kits: writeKits(db),
  sources: writeSources(db),
  sounds: writeSounds(db),
  marks: writeMarks(db),
  places: writePlaces(db),
  twins: writeTwins(db),
  patterns: writePatterns(db),
  histories: writeHistories(db),
  templates: writeTemplates(db),
  settings: writeSettings(db),
  songs: writeSongs(db),
  jobs: writeJobs(db),
  models: writeModels(db),
  datasets: writeDatasets(db),
  stageResults: writeStageResults(db),
  artefacts: writeArtefacts(db),
});

export type Readers = ReturnType<typeof readers>;
export type Writers = ReturnType<typeof writers>;

/** One library: a database and, beside it, the artefacts. Several processes may have it open at once. */
export interface Library extends Readers {
  readonly folder: string;
  /** Where workers write; on the disk of the artefacts, so that results move without a copy. */
  readonly scratch: string;
  readonly store: ArtefactStore;
  readonly modelFolder: ModelFolder;
  /**
   * One transaction: all of `work` or nothing. Inside, only `at` may be asked: the library itself waits for the end of
   * the transaction. Throws `Failed` when the disk is full.
   */
  write<Value>(work: (at: Writers) => Promise<Value>): Promise<Value>;
  /** Calls `listener` with the nouns that changed, in this process or another, soon after; returns the undo. */
  watch(listener: (changed: readonly Noun[]) => void): () => void;
  /** Path of an artefact's file; null when the library has none of that hash. */
  artefactPath(sha256: string): Promise<string | null>;
  /** Deletes what nobody needs: results of stages unused for `days`, then artefacts without a holder. */
  collect(days: number): Promise<{ readonly files: number; readonly bytes: number }>;
  close(): Promise<void>;
}

/** How often a watched library looks for changes of other processes: one row per noun, some 20 us. */
const POLL_MILLISECONDS = 100;

export async function openLibrary(folder: string): Promise<Result<Library, Failure>> {
  const made = await attempt(folder, () => mkdir(join(folder, 'scratch'), { recursive: true }), {
    neededBytes: 0,
  });
  if (!made.ok) return made;
  try {
    return ok(createLibrary(folder, await openDatabase(folder)));
  } catch (error) {
    if (error instanceof Failed) return fail(error.failure);
    throw error;
  }
}

/** A library that another process keeps, read alongside. */
export interface LibraryReading extends Readers {
  /** How often each noun has changed, in any process. */
  versions(): Promise<Versions>;
  close(): Promise<void>;
}

/** Throws `Failed`. */
export function openLibraryReading(folder: string): LibraryReading {
  const db = openForReading(folder);
  return { ...readers(db), versions: () => readVersions(db), close: () => db.destroy() };
}

function createLibrary(folder: string, db: Reading): Library {
  const store = createArtefactStore(join(folder, 'artefacts'));
  const watchers = new Set<(changed: readonly Noun[]) => void>();
  const write: Library['write'] = async work => {
    try {
      return await db.transaction().execute(transaction => work(writers(transaction)));
    } catch (error) {
      throw failedDatabase(error, databasePath(folder));
    }
  };

  let seen: Versions | null = null;
  let timer: NodeJS.Timeout | undefined;
  const poll = async (): Promise<void> => {
    // A database that is being closed, or is locked for a moment, is looked at again next time.
    const versions = await readVersions(db).catch(() => seen ?? {});
    const before = seen;
    seen = versions;
    const changed = before
      ? (Object.keys(versions) as Noun[]).filter(noun => versions[noun] !== before[noun])
      : [];
    if (changed.length > 0) for (const listener of watchers) listener(changed);
  };
  /** One look after the other: never two at once, none once nobody watches. */
  const keepPolling = async (): Promise<void> => {
    await poll();
    if (watchers.size === 0) return;
    timer = setTimeout(() => void keepPolling(), POLL_MILLISECONDS);
  };

  return {
    ...readers(db),
    folder,
    scratch: join(folder, 'scratch'),
    store,
    modelFolder: createModelFolder(join(folder, 'models')),
    write,
    watch(listener) {
      watchers.add(listener);
      if (watchers.size === 1) {
        seen = null;
        void keepPolling();
      }
      return () => {
        watchers.delete(listener);
        if (watchers.size === 0) clearTimeout(timer);
      };
    },
    async artefactPath(sha256) {
      const artefact = await readArtefacts(db).one(sha256);
      return artefact && store.path(artefact);
    },
    async collect(days) {
      const now = Date.now();
      await write(async at => {
        const keys = await at.stageResults.unusedSince(now - days * 86_400_000);
        for (const key of keys) await at.artefacts.release(`stage:${key}`);
        await at.stageResults.remove(keys);
        await at.sounds.removeUnheard();
      });
      const freed = { files: 0, bytes: 0 };
      const remove = async (artefact: {
        sha256: string;
        extension: string;
        bytes: number;
      }): Promise<boolean> => {
        const isRemoved = await store.removeIfOld(artefact, now);
        if (isRemoved) {
          freed.files++;
          freed.bytes += artefact.bytes;
        }
        return isRemoved;
      };
      for (const artefact of await readArtefacts(db).withoutHolder())
        await write(async at => {
          if ((await at.artefacts.holders(artefact.sha256)) > 0) return;
          if (await remove(artefact)) await at.artefacts.forget(artefact.sha256);
        });
      for await (const artefact of store.files())
        if (!(await readArtefacts(db).one(artefact.sha256))) await remove(artefact);
      return freed;
    },
    async close() {
      watchers.clear();
      clearTimeout(timer);
      await db.destroy();
    },
  };
}
