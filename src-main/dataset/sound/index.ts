export * from './augment-context';
export * from './is-struck';
export * from './kit';
export * from './own-kits';
export * from './performance-audio';
export { type FontHandle, type FontPreset, openSynth, SYNTH_RATE, type Synth, type VoiceSpec } from './synth';
