export * from './config';
export * from './rudiments';
export * from './run';
export * from './sound';
export * from './storage';
export * from './validate';
