export * from './report-files';
export * from './validate';
