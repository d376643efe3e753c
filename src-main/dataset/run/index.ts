export * from './assemble-run';
export * from './make-sample';
export * from './part-facts';
export * from './rebuild';
export * from './run-folder';
export * from './run-part';
export * from './sample-rows';
export * from './trial';
