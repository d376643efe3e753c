export * from './hub';
export * from './publication';
export * from './write-layout';
