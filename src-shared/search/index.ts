export * from './best-rows';
export * from './book';
export * from './likeness';
export * from './recall';
export * from './search';
export * from './sound-index';
export * from './words';
