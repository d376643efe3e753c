export * from './kit-of-pattern';
export * from './law';
export * from './loop';
export * from './match';
export * from './mixed-through';
export * from './offline';
export * from './voice';
