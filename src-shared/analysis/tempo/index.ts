export * from './accents';
export * from './estimate-tempo';
