export * from './features';
export * from './gap';
export * from './rewrite';
export * from './sample';
export * from './tasks';
