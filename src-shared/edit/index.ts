export * from './difference';
export * from './edit';
export * from './history';
export * from './operate';
export * from './operation';
export * from './parse';
export * from './put-hit';
export * from './replace';
