export { exportOutlook } from './outlook';
export { exportPatternProgram } from './export-pattern';
export { dragsFolder, prepareDrag } from './prepare-drag';
