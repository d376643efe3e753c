import type { z } from 'zod';
import type { Result } from '#shared/base';
import type { Failure } from '#shared/protocol';

export { type FileRef, FileRefSchema } from '#shared/protocol';

/** What a stage answers: plain values, and the files it wrote, by name, relative to its folder. */
export interface StageOutput<Values = unknown> {
  readonly values: Values;
  /** Name by which the next stage asks for it -> path relative to the stage's folder, with `/`. */
  readonly files: Readonly<Record<string, string>>;
}

export interface StageContext {
  /** Aborted when the user cancels; a stage looks at it at least ten times a second. */
  readonly signal: AbortSignal;
  /** An empty folder of this run's own: everything that the stage writes lies in it. */
  readonly folder: string;
  /** Share of the stage done, 0..1, never falling; `rate` in words, "3.1x real time". */
  report(fraction: number, rate?: string): void;
}

/**
 * One step of the pipeline: same input and same version give the same bytes, always. A stage reads only what its
 * input names, writes only into its folder, and never imports another stage.
 */
export interface Stage<Input, Values> {
  readonly name: string;
  /** In words, for screens: "Separating drums". */
  readonly title: string;
  /** Raised whenever the same input would give other bytes than before. */
  readonly version: number;
  readonly input: z.ZodType<Input>;
  run(input: Input, context: StageContext): Promise<Result<StageOutput<Values>, Failure>>;
}

/** Thrown by a stage that saw `signal` aborted: neither a failure nor a bug. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Cancelled('cancelled');
}

export * from './groove-files';
export * from './groove-manifests';
export * from './sound-rows';
