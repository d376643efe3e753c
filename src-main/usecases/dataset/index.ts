export { generateDatasetProgram } from './generate-program';
export type { DatasetTools } from './preflight';
export { datasetAudioPath } from './samples';
export { datasetServices } from './services';
export { validateDatasetProgram, validateParams } from './validate';
export { HubTokens } from './hub-tokens';
export { type PublishedDataset, publishDatasetProgram, publishParams } from './publish-program';
