export * from './hits';
export * from './inspect';
export * from './licence-notice';
export * from './manifest';
export * from './model-file';
export * from './model-store';
export * from './separate';
export * from './separation-model';
