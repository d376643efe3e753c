import { access, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  type Assembled,
  type AssembleRun,
  hashOfDataset,
  openRunFolder,
  partCount,
  partFolder,
  partSize,
  sweepParts,
} from '#main/dataset';
import { JobFailed, type JobProgram, Paused, type StageCaller } from '#main/jobs';
import type { Library, StoredDatasetRun } from '#main/library';
import { z } from 'zod';
import { knownRun } from './generate';
import { makeByQueue } from './make-by-queue';
import { makeHere, type PartMakers } from './part-makers';
import { identityOf } from './preflight';

const ParamsSchema = z.object({ runId: z.string() });

/** To put a dataset together, against making its samples: with audio, and without. */
const ASSEMBLE_SHARE = { audio: 0.02, silent: 0.5 } as const;
/** Parts that turn out broken are made again so many times in one go. */
const MENDINGS = 3;

/** Makes the parts that are not there, each written down as it comes, then the dataset of them. */
export function generateDatasetProgram(library: Library, version: string): JobProgram {
  return async (call, params) => {
    const run = await knownRun(library, ParamsSchema.parse(params).runId);
    const identity = identityOf(run, version);
    const place = await openRunFolder(run.folder, identity, run.overwrite);
    if (place.isWhole) {
      const sha256 = await hashOfDataset(run.folder);
      await library.write(at => at.datasets.finish(run.id, sha256));
      await place.finish();
      return outcome(run, sha256);
    }
    const parts = partCount({ count: run.samples });
    if (run.queue === null) await sweepParts(place.parts);
    const share = run.config.generate_audio ? ASSEMBLE_SHARE.audio : ASSEMBLE_SHARE.silent;
    call.plan(2, run.samples * (1 + share));
    for (let mendings = 0; ; mendings++) {
      const make = run.queue === null ? makeHere(run.workers) : makeByQueue(run.queue, run.name);
      await makeMissing(library, call, run, place.parts, make);
      try {
        const input: AssembleRun = { ...identity, parts: place.parts, count: parts, folder: place.target };
        const { values } = await call.stage<Assembled>('assemble-dataset', input, {
          title: 'Putting the dataset together',
          weight: run.samples * share,
          uncached: true,
        });
        // Written down last: until then a run that is stopped is not done, whatever lies in its folder.
        await place.finish();
        await library.write(at => at.datasets.finish(run.id, values.sha256));
        return await outcome(run, values.sha256);
      } catch (error) {
        const broken = mendings < MENDINGS ? brokenPart(error) : null;
        if (broken === null) throw error;
        call.note(`Part ${broken} was damaged after it was made, and is made again.`);
        await rm(partFolder(place.parts, broken), { recursive: true, force: true });
      }
    }
  };
}

/** The part that an assembly could not take. */
function brokenPart(error: unknown): number | null {
  if (!(error instanceof JobFailed)) return null;
  const { failure } = error;
  if (failure.code !== 'badFile' && failure.code !== 'notFound') return null;
  const [, number] = /[\\/]part-(\d{6})(?:[\\/]|$)/.exec(failure.path) ?? [];
  return number === undefined ? null : Number(number);
}

async function makeMissing(
  library: Library,
  call: StageCaller,
  run: StoredDatasetRun,
  parts: string,
  make: PartMakers,
): Promise<void> {
  const size = partSize({ count: run.samples });
  const samplesOf = (part: number): number => Math.min(size, run.samples - part * size);
  const known = await library.datasets.parts(run.id);
  const gone: number[] = [];
  for (const part of known) if (!(await isThere(join(partFolder(parts, part), 'part.json')))) gone.push(part);
  if (gone.length > 0) await library.write(at => at.datasets.forgetParts(run.id, gone));
  const there = new Set(known.filter(part => !gone.includes(part)));
  const missing = Array.from({ length: partCount({ count: run.samples }) }, (_, part) => part).filter(
    part => !there.has(part),
  );
  const wanted = missing.reduce((sum, part) => sum + samplesOf(part), 0);
  if (there.size > 0) call.already(run.samples - wanted);
  if (missing.length === 0) return;
  await call.step({ title: 'Making samples', weight: wanted }, async report => {
    const rate = new Rate(() => performance.now() / 1000);
    await make(call, { config: run.config, resources: run.resources, parts }, missing, {
      async made(facts) {
        rate.heard(facts.entries.length, facts.seconds);
        const samples = facts.entries.map((entry, at) => ({ ...entry, number: facts.part * size + at }));
        const { part, bytes } = facts;
        await library.write(at => at.datasets.putPart(run.id, { part, bytes, samples }));
      },
      progress(done, words) {
        const share = done / missing.length;
        report(share, words ?? rate.words(share * wanted));
      },
    });
    if (call.pausing.aborted && (await library.datasets.parts(run.id)).length < there.size + missing.length)
      throw new Paused('paused');
  });
}

/** How fast samples come, all in all. */
class Rate {
  readonly #now: () => number;
  /** When the first samples were there: until then workers start and load their fonts. */
  #began: { readonly at: number; readonly samples: number } | null = null;
  #samples = 0;
  #seconds = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  heard(samples: number, seconds: number): void {
    this.#samples += samples;
    this.#seconds += seconds;
  }

  /** "9.1 samples / s, 82x real time"; the second once a part is done. */
  words(samples: number): string {
    if (samples <= 0) return '';
    this.#began ??= { at: this.#now(), samples };
    const elapsed = this.#now() - this.#began.at;
    if (elapsed <= 0 || samples <= this.#began.samples) return '';
    const rate = (samples - this.#began.samples) / elapsed;
    const text = `${rate < 10 ? rate.toFixed(1) : Math.round(rate)} samples / s`;
    if (this.#samples === 0) return text;
    const realTime = (rate * this.#seconds) / this.#samples;
    return `${text}, ${realTime < 10 ? realTime.toFixed(1) : Math.round(realTime)}x real time`;
  }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function outcome(run: Pick<StoredDatasetRun, 'folder' | 'samples'>, sha256: string) {
  const files = await Promise.all(
    (['manifest.json', 'README.md'] as const).map(async name => {
      const path = join(run.folder, name);
      return {
        kind: name === 'README.md' ? 'card' : 'manifest',
        name: basename(path),
        path,
        bytes: (await stat(path)).size,
      };
    }),
  );
  return { files, made: {}, data: { folder: run.folder, samples: run.samples, manifest_sha256: sha256 } };
}
