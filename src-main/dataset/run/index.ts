export * from './make-sample';
export * from './run-part';
