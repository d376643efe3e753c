export * from './config';
export * from './tasks';
export * from './recipe';
