export * from './contract';
export * from './ear-measures';
export * from './measures';
export * from './pictures';
export * from './prompts';
export * from './published';
export * from './words';
export * from './zero-shot';
