export * from './evidence';
export * from './features';
export * from './prepare';
export { SpectrumMeter } from './spectrum';
export * from './timbre';
