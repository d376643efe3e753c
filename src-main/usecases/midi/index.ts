export * from './convert-midi';
export * from './drum-maps';
export * from './import-midi';
export * from './midi-files';
