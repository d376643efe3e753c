export * from './law';
export * from './voice';
