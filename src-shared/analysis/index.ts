export * from './onsets';
export * from './separation';
