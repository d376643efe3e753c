export * from './beat';
export * from './model';
