export * from './column';
export * from './columns-page';
export * from './rows-of';
export * from './sample';
export * from './tables';
