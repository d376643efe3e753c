export * from './augmentation';
export * from './linear';
export * from './mics';
export * from './rooms';
export * from './warp';
