export * from './clock';
export * from './free-taps';
export * from './messages';
export * from './record';
