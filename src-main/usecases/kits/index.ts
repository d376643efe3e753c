export { exportKitProgram } from './export-kit';
export { importKit, importKitProgram, previewKitFile } from './import-kit';
