export * from './compute';
export * from './labels';
export * from './sample-id';
export * from './stroke-label';
