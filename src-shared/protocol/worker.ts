import type { Failure } from './failure';

/** What a worker process can run: version and words of each stage, by name. */
export type StageTable = Readonly<Record<string, { readonly version: number; readonly title: string }>>;

/** From the shell to a worker. A worker runs one stage at a time. */
export type ToWorker =
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly stage: string;
      readonly input: unknown;
      /** An empty folder; all that the stage writes lies in it. */
      readonly folder: string;
      /** Somebody waits for it: the worker keeps the shell's priority instead of standing back. */
      readonly isAwaited: boolean;
    }
  | { readonly kind: 'abort'; readonly id: number };

/** A file that a stage wrote, hashed and synced to the disk. */
export interface WrittenFile {
  /** Name by which the next stage asks for it. */
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** From a worker to the shell. Every run is answered by exactly one of `done`, `failed`, `cancelled`, `crashed`, or by its exit. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly stages: StageTable }
  /** Every second, as a sign of life. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'progress'; readonly id: number; readonly fraction: number; readonly rate: string }
  | {
      readonly kind: 'done';
      readonly id: number;
      readonly values: unknown;
      readonly files: readonly WrittenFile[];
    }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure }
  | { readonly kind: 'cancelled'; readonly id: number }
  /** A bug in the stage: an exception that is no expected failure. */
  | { readonly kind: 'crashed'; readonly id: number; readonly reason: string; readonly stack: string };
