export * from './extent';
export * from './invariant';
export * from './json';
export * from './random';
export * from './result';
export * from './scope';
