export type { Artefact } from './artefacts';
export type { ArtefactStore } from './artefact-store';
export type { DatasetPart, DatasetRunFacts, IndexedSample, StoredDatasetRun } from './datasets';
export { LIVE_STATES, type NewJob, NO_PROGRESS, type Owner, type StoredJob } from './jobs';
export {
  type Library,
  type LibraryReading,
  openLibrary,
  openLibraryReading,
  type Readers,
  type Writers,
} from './library';
export type { Noun } from './migrations';
export type { ModelSource } from './model-folder';
export type { ModelEntry } from './models';
export type { HeardSounds, Sound } from './sounds';
export type { SourceFile } from './sources';
export type { StageResult, StoredFile } from './stage-results';
export type { NewTrack } from './tracks';
