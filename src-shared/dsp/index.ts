export * from './fft';
export * from './dither';
export * from './peaks';
export * from './median';
export * from './stft';
export * from './window';
export * from './loudness';
export * from './resample';
