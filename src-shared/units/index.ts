export * from './time';
export * from './level';
