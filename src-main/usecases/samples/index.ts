export { importSamples } from './import-samples';
export { importSamplesProgram, LONGEST_SECONDS } from './import-samples-program';
