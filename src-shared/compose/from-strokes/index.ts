export * from './heard-strokes';
export * from './pattern-of-strokes';
export * from './stroke';
