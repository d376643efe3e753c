export * from './contract';
export * from './hit-stream';
export * from './power-windows';
export * from './sensitivity';
export * from './sounding-level';
export * from './stroke-picker';
