export * from './config';
export * from './extra-steps';
export * from './mistakes';
export * from './resources';
export * from './tasks';
export * from './recipe';
