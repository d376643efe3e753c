export * from './column';
export * from './rows-of';
export * from './sample';
export * from './tables';
