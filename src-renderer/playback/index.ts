export { audition } from './audition';
export { openedEngine, setVolume } from './engine';
export { type SliceAudio, sliceAudio } from './hit-audio';
export { PatternPlayer, type Score } from './pattern-player';
export { StemPlayer } from './stem-player';
export { WavSource } from './wav-source';
