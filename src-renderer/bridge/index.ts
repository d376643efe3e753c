export * from './client';
export * from './import-files';
export * from './media';
export * from './studio-port';
