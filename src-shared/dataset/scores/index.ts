export * from './scores';
export * from './version-1';
export * from './version-2';
