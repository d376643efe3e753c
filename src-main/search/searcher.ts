import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { openLibraryReading } from '#main/library';
import { readText, recallOfOne, searchSounds } from '#shared/search';
import type { SearchAnswer, SearchRequest } from '#shared/protocol';
import { HeardLibrary } from './heard-library';
import { TextEar } from './text-ear';

/** How often the library is looked at: one row a noun, some 20 us. */
const POLL_MILLISECONDS = 200;
/** A search waits this long for what has just changed, then answers from what it has. */
const PATIENCE_MILLISECONDS = 400;
/** The quick pass is measured once nobody has asked for so long, a query at a time, on so many. */
const REST_MILLISECONDS = 500;
const RECALL_QUERIES = 20;
/** And again when the index has grown by this factor. */
const REMEASURE = 1.2;

/** The index of one library, kept up to date as long as its process lives. */
export class Searcher {
  readonly #library: HeardLibrary;
  readonly #ear: TextEar;
  readonly #recalls: number[] = [];
  #measuredCount = 0;
  #refreshing: Promise<void> | null = null;
  #askedAt = 0;

  constructor(folder: string, modelsFolder: string) {
    this.#library = new HeardLibrary(openLibraryReading(folder));
    this.#ear = new TextEar(modelsFolder, join(folder, 'models'));
    setInterval(() => void this.#follow(), POLL_MILLISECONDS).unref();
  }

  /** Resolves when the library has been read and the words can be. */
  async warm(): Promise<void> {
    await this.#refresh();
    await this.#ear.read(this.#library.ear, 'kick').catch(() => null);
  }

  async search(request: SearchRequest): Promise<SearchAnswer> {
    this.#askedAt = performance.now();
    if (!this.#library.sounds) await this.#refresh();
    else if (!(await this.#library.isCurrent()))
      await Promise.race([this.#refresh(), pause(PATIENCE_MILLISECONDS, undefined, { ref: false })]);
    const { sounds } = this.#library;
    if (!sounds) throw new Error('a library that was read has sounds');
    const { text: words } = readText(request.text ?? '');
    const text = await this.#ear.read(this.#library.ear, words);
    const begin = performance.now();
    const { rows, match } = searchSounds(sounds, { request, text });
    const milliseconds = performance.now() - begin;
    const { ids } = sounds.book.book;
    return {
      ids: Array.from(rows, row => ids[row] ?? ''),
      match,
      milliseconds,
      recall:
        this.#recalls.length < RECALL_QUERIES
          ? null
          : this.#recalls.reduce((sum, recall) => sum + recall, 0) / this.#recalls.length,
      bookVersion: sounds.book.book.version,
      isWarm: true,
    };
  }

  #refresh(): Promise<void> {
    this.#refreshing ??= this.#library.refresh().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #follow(): Promise<void> {
    // A database that is busy for a moment is looked at again.
    const isCurrent = await this.#library.isCurrent().catch(() => true);
    if (this.#library.sounds && !isCurrent) await this.#refresh().catch(() => undefined);
    else this.#measure();
  }

  #measure(): void {
    const index = this.#library.sounds?.index;
    if (!index || index.count === 0 || performance.now() - this.#askedAt < REST_MILLISECONDS) return;
    if (index.count > REMEASURE * this.#measuredCount || index.count < this.#measuredCount) {
      this.#measuredCount = index.count;
      this.#recalls.length = 0;
    }
    if (this.#recalls.length < RECALL_QUERIES) this.#recalls.push(recallOfOne(index, this.#recalls.length));
  }
}
