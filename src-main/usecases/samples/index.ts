export { importSamples } from './import-samples';
export { importSamplesProgram } from './import-samples-program';
export { lookAtAudio } from './look-at-audio';
