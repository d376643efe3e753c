export * from './encode';
export * from './groove-material';
export * from './error-process';
export * from './material';
export * from './ornaments';
export * from './perform';
export * from './performance';
