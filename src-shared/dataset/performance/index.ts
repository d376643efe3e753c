export * from './encode';
export * from './error-process';
export * from './material';
export * from './ornaments';
export * from './perform';
export * from './performance';
