export * from './augment-context';
export * from './is-struck';
export * from './kit';
export * from './own-kits';
export * from './performance-audio';
export { type FontHandle, type FontPreset, openSynth, type Synth, SYNTH_RATE, type VoiceSpec } from './synth';
