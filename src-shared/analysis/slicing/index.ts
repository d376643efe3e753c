export * from './decay';
export * from './plan';
export * from './quality';
export * from './shape';
