export { checkQueue } from './check-queue';
export { type Engine, thisEngine } from './engine';
export { partsByQueue, type QueueRequest } from './produce';
export { workOnParts, type WorkRequest } from './work';
