export { forkWorker } from './fork-worker';
export { type Jobs, type JobsOptions, openJobs } from './jobs';
export { keepAwakeByProgram } from './keep-awake';
export * from './proc';
export * from './program';
