export { exportOutlook } from './outlook';
export { exportPatternProgram } from './export-pattern';
export { prepareDrag } from './prepare-drag';
