export * from './bridge';
export * from './codec';
export * from './export';
export * from './failure';
export * from './generate';
export * from './job';
export * from './router';
export * from './services';
