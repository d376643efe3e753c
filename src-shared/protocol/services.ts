import type {
  EarChoice,
  GrooveTemplate,
  Hit,
  Instrument,
  Kit,
  Pattern,
  Role,
  Separator,
  Song,
  TempoCorrection,
  Track,
  TrackHearing,
} from '../model';
import type {
  HitBook,
  MarksChange,
  OverrideChange,
  SearchAnswer,
  SearchRequest,
  StoredSource,
  TwinGroup,
} from './browse';
import type { DatasetServices } from './dataset';
import type { ExportOutlook, ExportRequest } from './export';
import type { Failure } from './failure';
import type { GenerateRequest } from './generate';
import type { HistoryChange, KeptHistory } from './history';
import type { ExportKit, ImportKit, ImportKitAnswer, KitPreview } from './kit-files';
import type { TakeRequest } from './take';
import type { WantedBars } from './track-groove';
import type { JobView } from './job';
import type { DrumMapsView, ImportMidiAnswer, ImportMidiRequest, MidiPreview } from './midi';
import type { ImportModel, ModelCard, ModelInspection } from './models';
import type { RescoreAnswer, RescoreRequest } from './rescore';
import type { StoredPattern } from './stored-pattern';

export interface AppInfo {
  readonly version: string;
  readonly host: 'electron' | 'web';
  /** The bundled demo, once it has been imported. */
  readonly demo: { readonly trackId: string; readonly kitId: string; readonly patternId: string } | null;
  /** With what new songs are separated. */
  readonly separator: Separator;
  /** What listens to hits. */
  readonly ear: EarChoice;
  /** The project that `npm start` was asked to open. */
  readonly open: { readonly trackId: string; readonly kitId: string; readonly patternId: string } | null;
}

export interface StoredTemplate {
  readonly id: string;
  readonly template: GrooveTemplate;
}

export interface ImportAnswer {
  readonly jobIds: readonly string[];
  readonly refused: readonly { readonly path: string; readonly failure: Failure }[];
}

/** What lies at a path that is to be imported. */
export interface AudioLook {
  readonly path: string;
  /** `one-shot`: as short as a single hit, or a folder of mostly such; `short`: a loop, or a long hit; `song`: all else. */
  readonly kind: 'one-shot' | 'short' | 'song';
  /** Audio files there. */
  readonly files: number;
}

export interface HearingView {
  readonly hearing: TrackHearing;
  /** SHA-256 of everything that was heard in the track, an `OnsetsFile`; null for tracks of before it was kept. */
  readonly onsets: string | null;
}

export interface HeardAgain {
  readonly jobId: string;
}

export type LibraryNoun =
  | 'tracks'
  | 'kits'
  | 'patterns'
  | 'settings'
  | 'models'
  | 'templates'
  | 'songs'
  /** Imported folders and kits, and their hits. */
  | 'sources'
  /** How hits sound, and how they are marked. */
  | 'sounds'
  /** Where sounds lie on the map. */
  | 'places'
  /** Which sounds are the same. */
  | 'twins'
  /** Runs of the dataset generator, their samples, and configurations. */
  | 'datasets';

/** What every door (RPC, HTTP, CLI) offers; implemented by the use cases, one file each. */
export interface Services extends DatasetServices {
  info(): Promise<AppInfo>;
  tracks(): Promise<readonly Track[]>;
  hits(trackId: string): Promise<readonly Hit[]>;
  /** Paths of files or folders, or `upload:<id>` for a file that the web host took in. */
  importTracks(paths: readonly string[]): Promise<ImportAnswer>;
  /** One-shots: folders, all that lies in them, or files, or `upload:<id>`. */
  importSamples(paths: readonly string[]): Promise<ImportAnswer>;
  /** What files and folders most likely are, by their length. */
  lookAtAudio(paths: readonly string[]): Promise<readonly AudioLook[]>;
  removeTrack(trackId: string): Promise<void>;
  /** How the user wants a track to be heard, and what there is to choose from. */
  trackHearing(trackId: string): Promise<HearingView>;
  /** Keeps that and hears the track again; a job of an earlier wish is given up. */
  setTrackHearing(trackId: string, hearing: TrackHearing): Promise<HeardAgain>;
  /** In place of what the user said of the tempo before; null goes back to what was found. */
  correctTempo(trackId: string, correction: TempoCorrection | null): Promise<void>;
  /** Drums to pattern: what is played in a track as a groove of its own, stored and ready to be opened. */
  grooveOfTrack(trackId: string, bars: WantedBars): Promise<StoredPattern>;
  overrideHit(
    hitId: string,
    override: { role?: Role | undefined; instrument?: Instrument | undefined } | null,
  ): Promise<void>;
  /** The same for many at once; what the change does not name stays, and null takes all back. */
  overrideHits(hitIds: readonly string[], change: OverrideChange | null): Promise<void>;
  /** Judges hits anew with those that the user said something of as examples, or without them again. */
  rescoreHits(request: RescoreRequest): Promise<RescoreAnswer>;
  /** Every hit of the library in columns. */
  hitBook(): Promise<HitBook>;
  /** The hits that fit best, by a process of its own. */
  searchHits(request: SearchRequest): Promise<SearchAnswer>;
  /** Starts to look for hits that sound the same, over the whole library. */
  findTwins(): Promise<{ readonly jobId: string }>;
  /** What it found last, less what has gone since. */
  twinHits(): Promise<readonly TwinGroup[]>;
  /**
   * Starts to place hits that are not on the map yet among the others, or, `afresh`, to draw the whole map anew; null when there is
   * nothing to do or it is being done.
   */
  drawMap(afresh: boolean): Promise<{ readonly jobId: string | null }>;
  /** Those of the hits that are in the library, in the order asked for. */
  hitsById(hitIds: readonly string[]): Promise<readonly Hit[]>;
  /** Favourites and tags. */
  markHits(hitIds: readonly string[], change: MarksChange): Promise<void>;
  /** Imported folders and kits, the newest first. */
  sources(): Promise<readonly StoredSource[]>;
  /** Takes a folder or kit off the list; of its hits those stay that kits and grooves play. */
  removeSource(sourceId: string): Promise<void>;
  kits(): Promise<readonly Kit[]>;
  /** The hits that a kit's pads refer to. */
  kitHits(kitId: string): Promise<readonly Hit[]>;
  saveKit(kit: Kit): Promise<void>;
  /** Grooves that play it are left without a kit; its hits stay. */
  removeKit(kitId: string): Promise<void>;
  /** A new kit of hits from anywhere: a pad for each instrument in each role, its best hits first. */
  makeKit(kitId: string, name: string, hitIds: readonly string[]): Promise<Kit>;
  patterns(): Promise<readonly StoredPattern[]>;
  /**
   * Keeps a pattern and what became of its history, or forgets its history where that is null. Answers whether the history is whole:
   * false when the steps that it builds on are not there, and it must be sent from the first step.
   */
  savePattern(stored: StoredPattern, history: HistoryChange | null): Promise<boolean>;
  /** The history that was kept with a pattern. */
  patternHistory(patternId: string): Promise<KeptHistory>;
  /** Chains of patterns. */
  songs(): Promise<readonly Song[]>;
  saveSong(song: Song): Promise<void>;
  removeSong(songId: string): Promise<void>;
  /** Groove templates that the user keeps, by name. */
  templates(): Promise<readonly StoredTemplate[]>;
  saveTemplate(stored: StoredTemplate): Promise<void>;
  removeTemplate(templateId: string): Promise<void>;
  /** The drum maps that there are, the user's own files read anew. */
  drumMaps(): Promise<DrumMapsView>;
  /** What a MIDI file holds: a path, or `upload:<id>`. */
  previewMidi(path: string): Promise<MidiPreview>;
  /** MIDI files as stored patterns; what cannot be read is refused, the rest goes on. */
  importMidi(request: ImportMidiRequest): Promise<ImportMidiAnswer>;
  generate(request: GenerateRequest, base: Pattern | null): Promise<Pattern>;
  /** One take of the groove models on `base`. Takes of one seed differ by their number; equal requests give equal patterns. */
  take(request: TakeRequest, base: Pattern): Promise<Pattern>;
  /** Chooses a hit of `kitId` for every note anew: "any kit under any groove". */
  layOut(pattern: Pattern, kitId: string): Promise<Pattern>;
  exportPattern(request: ExportRequest): Promise<{ readonly jobId: string }>;
  /** What that export would find in its folder, before anything is written. */
  exportOutlook(request: ExportRequest): Promise<ExportOutlook>;
  /** Makes the export's files where a drag can take them from; for an equal request the ones that are there. */
  prepareDrag(request: ExportRequest): Promise<{ readonly jobId: string }>;
  /** A kit in formats of samplers, in a folder of its own. */
  exportKit(request: ExportKit): Promise<{ readonly jobId: string }>;
  /** What a kit's file holds: a path, or `upload:<id>`. */
  previewKitFile(path: string): Promise<KitPreview>;
  /** Kits of other programs, a job a file; plain folders come in as samples. What is no kit is refused, the rest goes on. */
  importKit(request: ImportKit): Promise<ImportKitAnswer>;
  jobs(): Promise<readonly JobView[]>;
  cancelJob(jobId: string): Promise<void>;
  /**
   * Starts a failed, cancelled or interrupted job again; finished stages are not run twice. With a `separator` it goes on
   * with that one instead of its own.
   */
  retryJob(jobId: string, separator: Separator | null): Promise<void>;
  dismissJob(jobId: string): Promise<void>;
  /** All models: bundled, imported, and what works without one. */
  models(): Promise<readonly ModelCard[]>;
  /** Tries a model file in a worker, as a job that can be watched and cancelled; null when it was cancelled. */
  inspectModel(paths: readonly string[]): Promise<ModelInspection | null>;
  /** Queues the import of a model file whose licence was accepted. */
  importModel(request: ImportModel): Promise<{ readonly jobId: string }>;
  removeModel(id: string): Promise<void>;
  /** Calls `listener` with all jobs, at once and at every change (at most ten times a second); returns the undo. */
  watchJobs(listener: (jobs: readonly JobView[]) => void): () => void;
  /** Calls `listener` when tracks, kits, patterns, settings or models changed, in this process or another. */
  watchLibrary(listener: (changed: readonly LibraryNoun[]) => void): () => void;
  settings(): Promise<Readonly<Record<string, unknown>>>;
  saveSetting(name: string, value: unknown): Promise<void>;
}
