export * from './mishap-rates';
export * from './player';
export * from './sample-player';
