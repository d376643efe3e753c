export * from './onset';
export * from './onset-detector';
export { leastStrength } from './sensitivity';
