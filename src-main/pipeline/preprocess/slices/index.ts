export * from './slices';
export { readSlices, type SlicesHead } from './slices-file';
export { ListWriter } from './list-writer';
