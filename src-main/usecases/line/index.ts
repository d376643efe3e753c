export { DETECTORS, type Detector } from './detection';
export { expandFiles } from './inputs';
export { songName } from './hear';
export { stepProgram } from './step-program';
export { runLineProgram } from './run-line';
