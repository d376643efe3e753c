export { importModel, importModelProgram } from './import-model';
export { inspectModel, inspectModelProgram } from './inspect-model';
export { modelCards } from './model-cards';
export { removeModel } from './remove-model';
export { usualSeparator } from './usual-separator';
export { chosenEar, usualEar } from './usual-ear';
