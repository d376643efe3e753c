export * from './beats';
export * from './layout';
export * from './skeleton';
export * from './voice-limit';
