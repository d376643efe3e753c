export { findTwinsProgram } from './find-twins';
export { twinHits } from './twin-hits';
