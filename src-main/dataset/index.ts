export * from './rudiments';
