export * from './classes';
export * from './frame';
export * from './performance';
