export * from './material-source';
export * from './splits';
