export * from './document';
export * from './figure';
export * from './interchange';
export * from './parse';
export * from './schema';
export * from './variations';
