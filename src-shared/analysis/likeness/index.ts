export * from './duplicates';
export * from './fingerprint';
