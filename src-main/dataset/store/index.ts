export { openObjects } from './open-objects';
export { RunStore } from './run-store';
