export { forkWorker } from './fork-worker';
export { type Jobs, type JobsOptions, openJobs, type PlannedJob } from './jobs';
export { keepAwakeByProgram } from './keep-awake';
export * from './proc';
export * from './program';
export * from './stage-runner';
export { createWorkerPool } from './worker-pool';
