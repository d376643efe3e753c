export { ListWriter } from './list-writer';
export * from './slices';
export { readSlices, type SlicesHead } from './slices-file';
