export * from './apply';
export * from './extract';
export * from './library';
