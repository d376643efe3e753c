export { expandFiles } from './inputs';
export { SEPARATORS, songName } from './hear';
export { stepProgram } from './step-program';
export { runLineProgram } from './run-line';
