export { exportOutlook } from './outlook';
export { exportPatternProgram } from './export-pattern';
export { kitLedger, type LicenceFacts } from './licences';
export { dragsFolder, prepareDrag } from './prepare-drag';
