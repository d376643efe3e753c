export { audition, stopAudition } from './audition';
export { openedEngine, setVolume } from './engine';
export { type SliceAudio, sliceAudio } from './hit-audio';
export { PatternPlayer, type Score } from './pattern-player';
export { StemPlayer } from './stem-player';
export { decodeWavHead, WavSource } from './wav-source';
