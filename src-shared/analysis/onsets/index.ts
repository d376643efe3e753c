export * from './onset';
