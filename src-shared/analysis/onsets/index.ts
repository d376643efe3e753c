export * from './onset';
export * from './onset-detector';
