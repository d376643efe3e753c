export * from './config';
export * from './publish';
export * from './rudiments';
export * from './run';
export * from './sound';
export * from './storage';
export * from './validate';
