export type { Jobs, JobsOptions } from './jobs';
export * from './proc';
export * from './program';
