export * from './lay-out';
export * from './upload';
