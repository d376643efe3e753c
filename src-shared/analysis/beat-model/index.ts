export * from './activations';
export * from './contract';
export * from './log-mel';
