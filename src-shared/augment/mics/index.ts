export * from './field';
export * from './microphone';
export * from './minimum-phase';
export * from './responses';
