import type { FileRef, JobView, ResultFile } from '#shared/protocol';

export type { FileRef } from '#shared/protocol';

export interface StageAnswer<Values> {
  readonly values: Values;
  /** Files of the stage by the name it gave them, now in the artefact store: read-only, never moved or written to. */
  readonly files: Readonly<Record<string, FileRef>>;
  /** True when a former run's result was taken. */
  readonly cached: boolean;
}

export interface StageRun {
  /** In words, for screens: "Separating drums". */
  readonly title: string;
  /** Its share of the job's time, in the unit that `plan` totals. */
  readonly weight: number;
  /** How fast the job is all in all, in place of what the stage says of itself: "31 files / s". */
  readonly rate?: () => string;
  /** The stage works outside its folder, or asks the world: it is run whenever it is called, and answers values alone. */
  readonly uncached?: true;
}

/** Worker processes of a job's own, beside those that all jobs share. */
export interface Crew {
  /** Runs a stage in the next free one, uncached. Calls overlap. Throws as `StageCaller.stage` does. */
  run<Values>(
    stage: string,
    input: unknown,
    onProgress: (fraction: number, rate: string) => void,
    /** Ends this stage alone, with `Cancelled`. */
    signal?: AbortSignal,
  ): Promise<Values>;
}

/** What a job's program may do. A program is re-run from its start after a crash; finished stages then answer from the cache. */
export interface StageCaller {
  readonly jobId: string;
  /** Aborted when the user cancels. */
  readonly signal: AbortSignal;
  /**
   * Announces how many stages will be called and what their weights add up to, so that progress is a share of the
   * whole job. May be called again when the program knows better; the shown fraction still never falls.
   */
  plan(stageCount: number, totalWeight: number): void;
  /**
   * Runs a stage in a worker process, or takes the result of an equal former run (same input without paths, stage
   * name and version). Calls may overlap. Throws `JobFailed` on failure and `Cancelled` on cancellation.
   */
  stage<Values>(name: string, input: unknown, run: StageRun): Promise<StageAnswer<Values>>;
  /** Has `work` done with so many processes more; they are gone when it has ended. */
  crew<Value>(size: number, work: (crew: Crew) => Promise<Value>): Promise<Value>;
  /** Aborted when the user wants the job to pause: a program that can finishes what it has begun and throws `Paused`. */
  readonly pausing: AbortSignal;
  /** Counts work that a former run of the program did; it says nothing of how long the rest will take. */
  already(weight: number): void;
  /** A reference to a user's file, hashed now. Throws `JobFailed` when it cannot be read. */
  file(path: string): Promise<FileRef>;
  /** The bundled model of that name, wherever this process finds it: no path of it is kept in a job's parameters. */
  model(name: string): Promise<FileRef>;
  /** The manifest of that model, which names its files by their hashes. */
  manifest(name: string): Promise<FileRef>;
  /** A model that the user imported, by the SHA-256 of its ONNX file. Throws `JobFailed` when it or a part of it is gone or changed. */
  userModel(id: string): Promise<UserModel>;
  /** A setting of the user's as it is now; undefined when it was never set. */
  setting(name: string): Promise<unknown>;
  /** Tells the user what the job does otherwise than it was asked to; kept with the job. */
  note(sentence: string): void;
  /** Text that the program made, as a file for a stage: kept in the artefact store while the job needs it. */
  text(content: string, extension: string): Promise<FileRef>;
  /** Progress of work that the program does itself (publishing files): counts as one stage of `plan`. */
  step<Value>(
    run: StageRun,
    work: (report: (fraction: number, rate?: string) => void) => Promise<Value>,
  ): Promise<Value>;
}

/** A model of the user's own as stages take it. */
export interface UserModel {
  /** What the user calls it. */
  readonly name: string;
  /** The ONNX file first; they lie beside each other by these names. */
  readonly parts: readonly { readonly name: string; readonly file: FileRef }[];
  readonly contract: string;
}

/** What a finished job leaves: files for the user and entries of the library. */
export interface JobOutcome {
  readonly files: readonly ResultFile[];
  readonly made: JobView['made'];
  /** Inputs of a batch that failed while the rest went on; kept in the job's view. */
  readonly refused?: JobView['refused'];
  /** JSON that a data command answers; kept in the job's view, null when absent. */
  readonly data?: unknown;
}

/**
 * A job is a program of memoised stages, kept in the library as kind + params, so any process can resume it. Params
 * come from the database: the program parses them with zod first. It must be deterministic in its stage calls.
 */
export type JobProgram = (call: StageCaller, params: unknown) => Promise<JobOutcome>;

/** Thrown to end a program with an expected failure; `Failed` of the platform, so that its own reach the user too. */
export { Failed as JobFailed } from '#main/platform';

/** Ends a program whose user wants it to rest: it can be resumed as any that was stopped. */
export class Paused extends Error {
  override readonly name = 'Paused';
}

/** Ends a program that was cancelled: neither a failure nor a bug. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
