export { audition, auditionStretch } from './audition';
export { openedEngine, setVolume } from './engine';
export { type SliceAudio, sliceAudio } from './hit-audio';
export { PatternPlayer, type Score } from './pattern-player';
export { type LoopSpan, StemPlayer } from './stem-player';
export type { StemReading } from './stem-strip';
export { TempoClick } from './tempo-click';
export { WavSource } from './wav-source';
