export * from './rudiments';
export * from './sound';
export * from './storage';
