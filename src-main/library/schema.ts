import type { ColumnType, Generated, Kysely, Transaction } from 'kysely';

/** Text that holds JSON; each repository parses its own with zod. */
type Json = string;
type Flag = 0 | 1;
/** Written once, when the row is. */
type Fixed<Value> = ColumnType<Value, Value, never>;

/** The tables of a library. */
export interface Tables {
  /** How often each noun changed, in any process: what watchers poll. */
  changes: { noun: string; version: number };
  tracks: {
    id: Fixed<string>;
    name: string;
    path: string;
    sha256: Fixed<string>;
    seconds: number;
    sample_rate: number;
    channel_count: number;
    /** As detected. */
    tempo: Json | null;
    /** How the user corrected it (`TempoCorrection`); kept apart so that it survives re-analysis. */
    own_tempo: Json | null;
    /** SHA-256 of `onsets.json`: every stroke that was heard; null for tracks of before it was kept. */
    onsets: string | null;
    /** Off the list; it stays as long as kits need its hits. */
    is_removed: Flag;
    added_at: Fixed<string>;
  };
  stems: {
    track_id: string;
    kind: string;
    audio: string;
    peaks: string;
    frames: number;
    /** null where it was not measured. */
    bleed: string | null;
  };
  hits: {
    id: string;
    /** null for a hit that came with a kit. */
    track_id: string | null;
    position: number;
    onset_frame: number;
    start_frame: number;
    frames: number;
    flam_frames: number | null;
    gain: number;
    velocity: number;
    sample_rate: number;
    audio: string;
    duplicates: Json;
    judgement: Json | null;
    quality: Json | null;
    /** As the imported file was called; null for hits of a track. */
    name: string | null;
    source_id: string | null;
    /** Of the judgement, beside it: what the book of hits shows. */
    role: string | null;
    role_sure: number | null;
    instrument: string | null;
    instrument_sure: number | null;
  };
  /** Imported folders and kits (`SampleSource`). */
  sources: {
    id: Fixed<string>;
    value: Json;
    /** Off the list; it stays as long as kits need its hits. */
    is_removed: Flag;
    added_at: Fixed<string>;
  };
  /** Which file of an imported folder is which hit; `path` is relative to the folder, with `/`. */
  source_files: { source_id: string; path: string; sha256: string; hit_id: string };
  /** How a slice sounds to one ear (model and version): `vector` is little-endian float32. By content, so that it survives re-analysis. */
  sounds: {
    audio: string;
    ear: string;
    vector: Uint8Array;
    brightness: number;
    decay_seconds: number;
    pitch: number | null;
    loudness: number;
    /** The eight of `EAR_MEASURES`, little-endian float32. */
    ear_measures: Uint8Array | null;
  };
  /** Where a sound lies on the map of an ear, 0..1 both; the map was fitted on some of them, the others were placed among those. */
  places: { ear: string; audio: string; x: number; y: number; is_fitted: Flag };
  /** Sounds found to be the same as `leader`, the best take among them, which stands here too; `likeness` is the least within the group. */
  twins: { audio: string; leader: string; likeness: number };
  /** Favourites and tags, kept by position as overrides are. */
  marks: { scope: string; onset_frame: number; value: Json };
  /** How the user wants a track to be heard (separator, sensitivities, edits of slices); survives re-analysis. */
  hearings: { track_id: string; value: Json };
  /** Models that the user imported; the id is the SHA-256 of the file. */
  models: { id: Fixed<string>; value: Json; added_at: Fixed<string> };
  /** What the user said of hits, kept by position in a track (or by a loose hit's id) so that it survives re-analysis. */
  overrides: { scope: string; onset_frame: number; value: Json };
  kits: {
    id: Fixed<string>;
    name: string;
    sample_rate: number;
    pads: Json;
    shapes: Json | null;
    added_at: Fixed<string>;
  };
  patterns: {
    id: Fixed<string>;
    name: string;
    kit_id: string;
    track_id: string | null;
    pattern: Json;
    added_at: Fixed<string>;
  };
  /** `undo` or `redo` steps of a pattern, the last gesture last. */
  history_steps: { pattern_id: string; side: 'undo' | 'redo'; position: number; label: string; edit: Json };
  templates: { id: Fixed<string>; value: Json; added_at: Fixed<string> };
  songs: { id: Fixed<string>; value: Json; added_at: Fixed<string> };
  settings: { name: string; value: Json };
  jobs: {
    /** Order in the queue. */
    position: Generated<number>;
    id: Fixed<string>;
    kind: Fixed<string>;
    title: string;
    params: Json;
    state: string;
    progress: Json;
    failure: Json | null;
    files: Json;
    made: Json;
    refused: Json;
    data: Json;
    cancel_asked: Flag;
    pause_asked: Generated<Flag>;
    owner_pid: number;
    /** Tells a process from a later one of the same pid. */
    owner_started: string;
    /** Milliseconds since 1970 of the owner's last sign of life. */
    owner_seen: number;
    /** Version of the noun `jobs` at the row's last change, so that a watcher reads only what is new. */
    changed: number;
    created_at: Fixed<string>;
  };
  stage_results: {
    key: Fixed<string>;
    stage: string;
    version: number;
    result: Json;
    files: Json;
    used_at: number;
  };
  /** Runs of the dataset generator, counted. */
  dataset_runs: {
    number: Generated<number>;
    id: Fixed<string>;
    /** `StoredRun`: how it was asked for. */
    value: Json;
    job_id: string | null;
    /** SHA-256 of manifest.json; null until the dataset is whole. */
    manifest: string | null;
    created_at: Fixed<string>;
  };
  /** Parts that are made, with the bytes of their files. */
  dataset_parts: { run_id: string; part: number; samples: number; bytes: number };
  dataset_samples: {
    run_id: string;
    number: number;
    part: number;
    id: string;
    group_id: string;
    profile: string;
    tier: string;
    rudiment: string;
    tempo: number;
    kit: string | null;
    preset: string | null;
    overall: number;
  };
  dataset_configs: { name: string; value: Json };
  artefacts: { sha256: Fixed<string>; extension: string; bytes: number };
  /** Who needs an artefact: "track:<id>", "stage:<key>". An artefact without a holder may be collected. */
  artefact_holders: { sha256: string; holder: string };
}

export type Reading = Kysely<Tables>;
export type Writing = Transaction<Tables>;
