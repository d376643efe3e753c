export * from './archive';
export * from './read-sounds';
export * from './sf2-file';
export * from './write-kit';
