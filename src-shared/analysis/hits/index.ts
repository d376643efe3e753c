export * from './contract';
export * from './hit-stream';
export * from './moments';
export * from './power-windows';
export * from './sensitivity';
export * from './sounding-level';
export * from './stroke-onsets';
export * from './stroke-picker';
