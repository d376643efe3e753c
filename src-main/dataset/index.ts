export * from './rudiments';
export * from './sound';
