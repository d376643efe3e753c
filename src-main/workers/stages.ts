import type { AnyStage } from './run-stage';

/** Every stage that a worker can run. */
export const STAGES: readonly AnyStage[] = [];
