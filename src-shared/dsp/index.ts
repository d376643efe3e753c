export * from './fft';
export * from './dither';
export * from './peaks';
