export { generateDatasetProgram } from './generate-program';
export { datasetAudioPath } from './samples';
export { datasetServices } from './services';
