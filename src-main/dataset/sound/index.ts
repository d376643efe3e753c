export * from './augment-context';
export { isStruck, struckEvidence } from './is-struck';
export * from './kit';
export * from './own-kits';
export * from './performance-audio';
export * from './sounding';
export { type FontHandle, type FontPreset, openSynth, SYNTH_RATE, type Synth, type VoiceSpec } from './synth';
export * from './user-kits';
