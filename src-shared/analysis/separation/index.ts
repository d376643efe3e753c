export * from './drum-separator';
