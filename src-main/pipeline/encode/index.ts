export * from './encode';
