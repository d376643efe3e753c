export type { Artefact } from './artefacts';
export type { ArtefactStore } from './artefact-store';
export type { HitOverride } from './hits';
export { LIVE_STATES, type NewJob, NO_PROGRESS, type Owner, type StoredJob } from './jobs';
export { type Library, openLibrary, type Readers, type Writers } from './library';
export type { Noun } from './migrations';
export type { StageResult, StoredFile } from './stage-results';
export type { NewTrack } from './tracks';
