export * from './catalogue';
export * from './config';
export * from './extra-steps';
export * from './mistakes';
export * from './pieces';
export * from './recipe';
export * from './resources';
export { type Plan, planOf, type Task } from './tasks';
