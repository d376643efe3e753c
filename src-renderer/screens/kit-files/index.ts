export { ExportKitDialog } from './export-kit';
export { ImportKitDialog } from './import-kit';
