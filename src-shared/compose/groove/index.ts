export * from './classes';
export * from './frame';
export * from './performance';
export * from './limits';
export * from './windows';
export * from './note-writer';
