export * from './publication';
export * from './write-layout';
