export * from './impulse-response';
export * from './materials';
export * from './octaves';
export * from './presets';
export * from './reverberation-time';
export * from './room';
