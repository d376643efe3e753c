export * from './bleed';
export * from './choose';
export * from './decay';
export * from './marks';
export * from './plan';
export * from './quality';
export * from './shape';
export * from './tails';
