export * from './make-sample';
