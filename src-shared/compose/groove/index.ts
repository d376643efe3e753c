export * from './classes';
export * from './cell-grid';
export * from './performance';
export * from './limits';
export * from './windows';
export * from './note-writer';
