export * from './beats';
export * from './event-grid';
export * from './grid-file';
export * from './layout';
export * from './locks';
export * from './parse-events';
export * from './skeleton';
export * from './voice-limit';
