import { extname, relative, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { type FileRef, JobFailed, type JobProgram, type StageCaller, type StageRun } from '#main/jobs';
import type { Library, Sound } from '#main/library';
import { listSamples } from '#main/platform';
import type { OneShotsValues } from '#main/pipeline/one-shots';
import type { Judgement } from '#shared/model';
import type { Failure, Refused } from '#shared/protocol';
import { listenTo, soundsOf } from '../line/listening';
import { judgeSamples } from '../line/steps/roles';
import { batchesOf } from './batches';
import { statedIn } from './stated-in';
import { type ImportedFile, type ReadSample, storeSamples } from './store-samples';

/** What is longer is no one-shot. */
export const LONGEST_SECONDS = 20;

export const ImportSamplesSchema = z.object({
  sourceId: z.string().min(1),
  /** What the folder is called. */
  name: z.string().min(1),
  /** The folder; "" for files that came without one. */
  path: z.string(),
  /** Only these of it, each with the name that it has below the folder; null takes all that is there now. */
  files: z.array(z.object({ path: z.string(), name: z.string() })).nullable(),
  longestSeconds: z.number().positive().default(LONGEST_SECONDS),
});
type ImportSamples = z.output<typeof ImportSamplesSchema>;

interface Batch {
  readonly samples: readonly ReadSample[];
  readonly ear: string | null;
  readonly sounds: readonly Sound[];
  readonly refused: OneShotsValues['refused'];
}

/** What each part of the work takes of a file's time. */
const SHARES = { 'one-shots': 0.25, embed: 0.45, roles: 0.3 } as const;
/** Of looking at a file, and of storing it, in files. */
const LOOKING = 0.05;
const STORING = 0.05;
/** While one batch is written down, a worker is at the next. */
const BATCHES_AT_ONCE = 2;

/**
 * A folder of one-shots into the library: its files are read, heard and judged batch by batch, and all of it is stored at the end. A run
 * that was interrupted finds its finished batches again; a folder that was imported before gains and loses what it has gained and lost.
 */
export function importSamplesProgram(library: Library): JobProgram {
  return async (call, params) => {
    const wanted = ImportSamplesSchema.parse(params);
    const { signal } = call;
    const listed = await listOf(wanted, signal);
    const refused = [...listed.refused];
    const total = listed.files.length;
    call.plan(2, total * (1 + LOOKING + STORING));
    const files = await call.step({ title: 'Looking at files', weight: total * LOOKING }, report =>
      hashed(call, listed.files, refused, report),
    );
    const batches = batchesOf(files.map(({ file }) => file));
    call.plan(batches.length * Object.keys(SHARES).length + 2, total * (1 + LOOKING + STORING));
    const results = await inLanes(batches, batched(call, wanted, total / Math.max(1, countOf(batches))));
    const paths = new Map(files.map(({ file }) => [file.sha256, file.path]));
    for (const { sampleId, failure } of results.flatMap(result => result.refused)) {
      const path = paths.get(sampleId) ?? '';
      refused.push({ path, failure: 'path' in failure ? { ...failure, path } : failure });
    }
    const { licence, author } = await statedIn(wanted.files === null ? wanted.path : '');
    const source = {
      id: wanted.sourceId,
      kind: 'folder' as const,
      name: wanted.name,
      path: wanted.path,
      licence,
      author,
    };
    const stored = await call.step({ title: 'Storing samples', weight: total * STORING }, () =>
      storeSamples(
        library,
        source,
        {
          files,
          samples: new Map(
            results.flatMap(result => result.samples.map(sample => [sample.sampleId, sample])),
          ),
          sounds: Map.groupBy(results, result => result.ear),
          isWhole: wanted.files === null,
        },
        new Date(),
      ),
    );
    refused.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { files: [], made: stored.hits > 0 ? { sourceId: source.id } : {}, refused, data: stored };
  };
}

const countOf = (batches: readonly (readonly FileRef[])[]): number =>
  batches.reduce((sum, batch) => sum + batch.length, 0);

async function listOf(
  { path, files }: ImportSamples,
  signal: AbortSignal,
): Promise<{
  readonly files: readonly { readonly path: string; readonly name: string }[];
  readonly refused: readonly Refused[];
}> {
  if (files) return { files, refused: [] };
  const found = await listSamples(path, signal);
  if (!found.ok) throw new JobFailed(found.failure);
  return {
    files: found.value.files.map(file => ({
      path: file,
      name: relative(path, file).split(sep).join('/'),
    })),
    refused: found.value.refused,
  };
}

/** The files by content; what cannot be read is refused. */
async function hashed(
  call: StageCaller,
  files: readonly { readonly path: string; readonly name: string }[],
  refused: Refused[],
  report: (fraction: number, rate?: string) => void,
): Promise<ImportedFile[]> {
  const found: ImportedFile[] = [];
  for (const [index, { path, name }] of files.entries()) {
    try {
      found.push({ name, file: await call.file(path) });
    } catch (error) {
      if (!(error instanceof JobFailed)) throw error;
      refused.push({ path, failure: error.failure });
    }
    report((index + 1) / files.length);
  }
  return found;
}

/** Does one batch after the other in a few lanes; the answers are in the order of the batches. */
async function inLanes<Item, Answer>(
  items: readonly Item[],
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const waiting = items.entries();
  let isStopped = false;
  const lane = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      if (isStopped) return;
      answers[index] = await work(item);
    }
  };
  const ended = await Promise.allSettled(
    Array.from({ length: BATCHES_AT_ONCE }, () =>
      lane().catch((error: unknown) => {
        isStopped = true;
        throw error;
      }),
    ),
  );
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  return answers;
}

/** @param scale files of the folder for one of a batch: equal files are in a batch once */
function batched(
  call: StageCaller,
  { longestSeconds }: ImportSamples,
  scale: number,
): (batch: readonly FileRef[]) => Promise<Batch> {
  const began = performance.now();
  /** Files' worth of work that took time; what was known already says nothing of the speed. */
  let done = 0;
  const rate = (): string =>
    done === 0 ? '' : `${((done * 1000) / (performance.now() - began)).toFixed(0)} files / s`;
  /** One stage of a batch: its share of the batch's files in the whole, at the speed of the whole. */
  const callOf = (size: number): StageCaller => ({
    ...call,
    async stage<Values>(name: string, input: unknown, { title }: StageRun) {
      const weight = size * scale * (SHARES[name as keyof typeof SHARES] ?? 0);
      const answer = await call.stage<Values>(name, input, { title, weight, rate });
      if (!answer.cached) done += weight;
      return answer;
    },
  });
  const readBatch = sampleReader(longestSeconds);
  return async batch => {
    const part = callOf(batch.length);
    const read = await readBatch(batch, part);
    const inputs = read.samples.map(({ sampleId, file }) => ({ sampleId, file, onsetFrame: 0 }));
    const listened = inputs.length === 0 ? null : await listenTo(part, inputs);
    const { judgements } = inputs.length === 0 ? NOTHING : await judgeSamples(part, inputs, { listened });
    const byId = new Map(judgements.map(({ sampleId, judgement }) => [sampleId, judgement]));
    const sounds = listened
      ? await soundsOf(listened, new Map(inputs.map(({ sampleId, file }) => [sampleId, file])))
      : [];
    return {
      samples: read.samples.map(sample => ({ ...sample, judgement: byId.get(sample.sampleId) ?? null })),
      ear: listened?.ear ?? null,
      sounds,
      refused: read.refused,
    };
  };
}

const NOTHING: { readonly judgements: readonly { sampleId: string; judgement: Judgement }[] } = {
  judgements: [],
};

interface ReadBatch {
  readonly samples: readonly Omit<ReadSample, 'judgement'>[];
  readonly refused: OneShotsValues['refused'];
}

/** Files that may bring their worker down before it is thought to be no fault of theirs. */
const MOST_CRASHES = 5;

/** Decodes batches. Where a file brings its worker down, halves are tried until that one is found and refused. */
function sampleReader(
  longestSeconds: number,
): (batch: readonly FileRef[], call: StageCaller) => Promise<ReadBatch> {
  let crashes = 0;
  const read = async (batch: readonly FileRef[], part: StageCaller): Promise<ReadBatch> => {
    try {
      const { values, files } = await part.stage<OneShotsValues>(
        'one-shots',
        { samples: batch.map(file => ({ sampleId: file.sha256, file })), longestSeconds },
        { title: 'Reading samples', weight: 1 },
      );
      const samples = values.samples.flatMap(sample => {
        const file = files[sample.sampleId];
        return file ? [{ ...sample, file }] : [];
      });
      return { samples, refused: values.refused };
    } catch (error) {
      if (!(error instanceof JobFailed) || !isCrash(error)) throw error;
      const [only] = batch;
      if (batch.length === 1 && only) {
        if (++crashes > MOST_CRASHES) throw error;
        return { samples: [], refused: [{ sampleId: only.sha256, failure: crashOf(only.path) }] };
      }
      const middle = Math.ceil(batch.length / 2);
      const first = await read(batch.slice(0, middle), part);
      const second = await read(batch.slice(middle), part);
      return {
        samples: [...first.samples, ...second.samples],
        refused: [...first.refused, ...second.refused],
      };
    }
  };
  return read;
}

const crashOf = (path: string): Failure => ({
  code: 'corrupt',
  path,
  format: extname(path).slice(1).toUpperCase() || 'audio',
  reason: 'reading it ended the process that read it',
});

const isCrash = ({ failure }: JobFailed): boolean =>
  failure.code === 'workerDied' || failure.code === 'workerSilent';
