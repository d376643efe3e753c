export * from './open-sounding';
export * from './read-config';
export * from './resolve-resources';
