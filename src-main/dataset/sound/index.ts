export * from './augment-context';
