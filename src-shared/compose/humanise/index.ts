export * from './humanise';
export * from './model';
export * from './morph';
