export * from './default-config';
export * from './roles';
