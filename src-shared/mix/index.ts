export * from './kit-of-pattern';
export * from './law';
export * from './limiter';
export * from './offline';
export * from './voice';
