import { createHash } from 'node:crypto';
import { extname, join } from 'node:path';
import { invariant } from '#shared/base';
import { BUNDLED_SEPARATORS } from '#shared/model';
import type { Library, StoredFile } from '#main/library';
import { Failed, failureOfError, hashFile, writeFileWhole } from '#main/platform';
import {
  Cancelled,
  type FileRef,
  type StageAnswer,
  type StageCaller,
  type StageRun,
  type UserModel,
} from './program';
import type { OpenProc } from './proc';
import type { ProgressSum } from './progress';
import type { Scratch } from './scratch';
import { stageKey } from './stage-key';
import { createWorkerPool, type WorkerPool } from './worker-pool';

export interface StageCallerOptions {
  readonly jobId: string;
  readonly signal: AbortSignal;
  readonly pausing: AbortSignal;
  readonly openProc: OpenProc;
  readonly silenceSeconds: number;
  readonly library: Library;
  readonly pool: WorkerPool;
  readonly scratch: Scratch;
  readonly modelsFolder: string;
  readonly progress: ProgressSum;
}

/** How often, at most, the use of a cached result is noted. */
const TOUCH_MILLISECONDS = 86_400_000;

/** Files moved at once: a disk syncs several in nearly the time of one, and a kit has thousands. */
const FILES_AT_ONCE = 16;

export function createStageCaller(options: StageCallerOptions): StageCaller {
  const { jobId, signal, library, pool, scratch, progress } = options;
  const { store } = library;
  const check = (): void => {
    if (signal.aborted) throw new Cancelled('cancelled');
  };

  const file = async (path: string): Promise<FileRef> => {
    check();
    try {
      return { kind: 'file', path, sha256: await hashFile(path, signal) };
    } catch (error) {
      check();
      throw new Failed(failureOfError(error, path));
    }
  };

  const modelNames = async (without: string): Promise<string[]> => [
    ...BUNDLED_SEPARATORS,
    ...(await library.models.all()).filter(model => model.id !== without).map(model => model.name),
  ];

  const answerOf = <Values>(
    values: unknown,
    files: readonly StoredFile[],
    cached: boolean,
  ): StageAnswer<Values> => ({
    values: values as Values,
    files: Object.fromEntries(
      files.map(file => [file.name, { kind: 'file', path: store.path(file), sha256: file.sha256 }]),
    ),
    cached,
  });

  const cachedAnswer = async <Values>(key: string): Promise<StageAnswer<Values> | null> => {
    const found = await library.stageResults.one(key);
    if (!found) return null;
    for (const file of found.files) if (!(await store.has(file))) return null;
    const now = Date.now();
    if (now - found.usedAt > TOUCH_MILLISECONDS) await library.write(at => at.stageResults.touch(key, now));
    return answerOf(found.values, found.files, true);
  };

  const runStage = async (
    key: string,
    name: string,
    version: number,
    input: unknown,
    report: (fraction: number, rate: string) => void,
  ): Promise<{ readonly values: unknown; readonly files: readonly StoredFile[] }> => {
    const folder = await scratch.open();
    try {
      const done = await pool.run({ stage: name, input, folder, signal, onProgress: report });
      // As JSON from the start, so that a first run and a resumed one see the very same values.
      const values = JSON.parse(JSON.stringify(done.values ?? null)) as unknown;
      const files = done.files.map(
        ({ name: fileName, path, sha256, bytes }): StoredFile => ({
          name: fileName,
          sha256,
          extension: extname(path).toLowerCase(),
          bytes,
        }),
      );
      for (let first = 0; first < files.length; first += FILES_AT_ONCE)
        await Promise.all(
          files.slice(first, first + FILES_AT_ONCE).map((file, index) => {
            const path = done.files[first + index]?.path ?? '';
            return store.take(path, file);
          }),
        );
      await library.write(async at => {
        await at.artefacts.hold(`stage:${key}`, files);
        await at.stageResults.put({ key, stage: name, version, values, files }, Date.now());
      });
      return { values, files };
    } finally {
      await scratch.close(folder);
    }
  };

  const valuesOf = async <Values>(
    from: WorkerPool,
    name: string,
    input: unknown,
    report: (fraction: number, rate: string) => void,
    own: AbortSignal = signal,
  ): Promise<Values> => {
    check();
    const folder = await scratch.open();
    try {
      const either = AbortSignal.any([signal, own]);
      const { values } = await from.run({ stage: name, input, folder, signal: either, onProgress: report });
      check();
      return values as Values;
    } finally {
      await scratch.close(folder);
    }
  };

  return {
    jobId,
    signal,
    pausing: options.pausing,
    already(weight) {
      progress.begin(progress.current.stage, weight).end(true);
    },
    async crew(size, work) {
      check();
      const crew = createWorkerPool(options.openProc, size, options.silenceSeconds);
      try {
        return await work({
          run: <Values>(
            name: string,
            input: unknown,
            onProgress: (fraction: number, rate: string) => void,
            own?: AbortSignal,
          ) => valuesOf<Values>(crew, name, input, onProgress, own),
        });
      } finally {
        await crew.close();
      }
    },
    plan: (stageCount, totalWeight) => progress.plan(stageCount, totalWeight),
    async stage<Values>(name: string, input: unknown, run: StageRun) {
      check();
      const part = progress.begin(run.title, run.weight);
      const { rate } = run;
      const report = rate ? (fraction: number) => part.report(fraction, rate()) : part.report;
      if (run.uncached) {
        const values = await valuesOf<Values>(pool, name, input, report);
        part.end(false);
        return answerOf<Values>(values, [], false);
      }
      const stage = (await pool.stages())[name];
      invariant(stage, `no worker has a stage "${name}"`);
      const key = stageKey(name, stage.version, input);
      const cached = await cachedAnswer<Values>(key);
      if (cached) {
        part.end(true);
        return cached;
      }
      check();
      const { values, files } = await runStage(key, name, stage.version, input, report);
      check();
      part.end(false);
      return answerOf<Values>(values, files, false);
    },
    async step(run, work) {
      check();
      const part = progress.begin(run.title, run.weight);
      const value = await work(part.report);
      part.end(false);
      return value;
    },
    async userModel(id) {
      check();
      const stored = await library.models.one(id);
      if (!stored)
        throw new Failed({ code: 'modelMissing', name: id.slice(0, 12), known: await modelNames(id) });
      const parts: UserModel['parts'][number][] = [];
      for (const { name, sha256 } of stored.parts) {
        const part = await file(library.modelFolder.path(id, name)).catch(async (error: unknown) => {
          check();
          if (!(error instanceof Failed)) throw error;
          throw new Failed({ code: 'modelMissing', name: stored.name, known: await modelNames(id) });
        });
        if (part.sha256 !== sha256)
          throw new Failed({ code: 'modelChanged', path: part.path, expected: sha256, found: part.sha256 });
        parts.push({ name, file: part });
      }
      return { name: stored.name, parts, contract: stored.contract };
    },
    setting: name => library.settings.one(name),
    note: sentence => progress.note(sentence),
    async text(content, extension): Promise<FileRef> {
      check();
      const bytes = Buffer.from(content);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const artefact = { sha256, extension, bytes: bytes.length };
      if (!(await store.has(artefact))) await writeFileWhole(store.path(artefact), bytes);
      return { kind: 'file', path: store.path(artefact), sha256 };
    },
    file,
    model: name => file(join(options.modelsFolder, name, `${name}.onnx`)),
    manifest: name => file(join(options.modelsFolder, name, 'manifest.json')),
  };
}
