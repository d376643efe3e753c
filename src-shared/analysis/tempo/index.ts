export * from './accents';
export * from './estimate-tempo';
export * from './tap-tempo';
export * from './model-beats';
