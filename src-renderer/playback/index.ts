export { audition, auditionStretch, prepareAudition } from './audition';
export { openedEngine, setVolume } from './engine';
export { type SliceAudio, sliceAudio } from './hit-audio';
export { PatternPlayer, type PlayedSong, type PlayerProgram } from './pattern-player';
export type { SettledSpan } from './performer';
export type { Position, Stroke } from './sequencer';
export { bedStems } from './song-bed';
export { type LoopSpan, StemPlayer } from './stem-player';
export type { StemReading } from './stem-strip';
export { TempoClick } from './tempo-click';
export {
  type Place,
  type Score,
  type SongUnder,
  type TickSpan,
} from './timeline';
export { WavSource } from './wav-source';
