export * from './layers';
export * from './layers-of-takes';
export * from './shuffle';
