export * from './assemble';
export * from './meta';
export * from './part';
