export * from './config';
export * from './tasks';
