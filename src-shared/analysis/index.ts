export * from './onsets';
