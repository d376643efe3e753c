export * from './hits';
export * from './licence-notice';
export * from './manifest';
export * from './model-store';
export * from './separate';
export * from './separation-model';
