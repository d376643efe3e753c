import { basename } from 'node:path';
import { objectText } from '#shared/compose';
import {
  type Hit,
  type Kit,
  type Licences,
  type Note,
  type Pattern,
  type SampleSource,
  type Track,
  type TrackHearing,
} from '#shared/model';
import type { ExportRequest, ModelCard } from '#shared/protocol';
import type { Library } from '#main/library';
import { demoOf } from '../ensure-demo';
import { trackIdOfHit } from '../identity';
import { modelCards, usualSeparator } from '../models';
import { hitsOf } from './audio';

export interface LicenceFacts {
  /** Of Backbeat. */
  readonly version: string;
  /** Folder of the bundled models. */
  readonly modelsFolder: string;
}

type Source = Licences['sources'][number];

const DEMO_HIT = /^demo-/;
/** What came with Backbeat: assets/demo/LICENSE.txt. */
const OWN = { kind: 'bundled', licence: 'CC0-1.0' } as const;
const DEMO: Source = {
  id: 'demo',
  name: 'First Light, the demo kit of Backbeat',
  file: null,
  author: 'Backbeat',
  sha256: null,
  settings: null,
  ...OWN,
};
/** Sounds that came with a kit whose maker did not say where they are from. */
const UNKNOWN: Source = {
  id: 'unknown',
  kind: 'unknown',
  name: 'Sounds without a known origin',
  author: null,
  file: null,
  sha256: null,
  licence: null,
  settings: null,
};

/** The network that hears hits unless another way was chosen, and the models whose notes say so. */
const USUAL_DETECTOR = 'drum-hits';
const MODEL_OF_NOTES: Partial<Readonly<Record<Note['source'], string>>> = {
  transformer: 'drum-transformer',
  groovae: 'groove-humanise',
};

/** The text of LICENSES.json for an export of these files: the lineage of every hit that sounds in `patterns`. */
export async function licencesOf(
  library: Library,
  facts: LicenceFacts,
  request: ExportRequest,
  kit: Kit,
  patterns: readonly Pattern[],
): Promise<(files: readonly string[]) => string> {
  const notes = patterns.flatMap(pattern => pattern.notes.filter(note => !note.muted && note.velocity > 0));
  const unique = [...new Map(notes.map(note => [note.id, note])).values()];
  const hits = await hitsOf(library, { ...request.pattern, notes: unique }, kit);
  return ledger(library, facts, {
    pattern: request.patternName,
    kit: kit.name,
    statement: request.statement,
    hits,
    notes: unique,
  });
}

interface Ledger {
  /** null: a kit alone. */
  readonly pattern: string | null;
  readonly kit: string;
  readonly statement: string;
  readonly hits: readonly Hit[];
  /** That sound them. */
  readonly notes: readonly Note[];
}

async function ledger(
  library: Library,
  { version, modelsFolder }: LicenceFacts,
  { pattern, kit, statement, hits, notes }: Ledger,
): Promise<(files: readonly string[]) => string> {
  const sourceOf = await sourcesOf(library, hits);
  const sources = [...new Map(hits.map(hit => [sourceOf(hit).id, sourceOf(hit)])).values()];
  const models = await modelsOf(library, modelsFolder, sources, notes);
  const strokes = Map.groupBy(notes, note => note.hit);
  const imported = await library.sources.filesOfHits(hits.map(({ id }) => id));
  const lineage = hits.map(hit => {
    const own = strokes.get(hit.id) ?? [];
    // What a pad sounds by itself stands in no note.
    const count = pattern === null ? 0 : Math.max(1, own.length);
    return lineageOf(hit, sourceOf(hit).id, imported.get(hit.id)?.path ?? null, own[0], count);
  });
  const said = statement.trim();
  return files =>
    objectText({
      version: 1,
      made_with: { program: 'Backbeat', version },
      pattern,
      kit,
      files: [...files],
      statement: said === '' ? null : said,
      sources,
      hits: lineage,
      models,
      notes: countedBySource(notes),
      credits: [
        ...sources.flatMap(({ kind, name, author, licence }) =>
          (kind === 'folder' || kind === 'kit') && (author !== null || licence !== null)
            ? [[name, author === null ? null : `by ${author}`, licence].filter(Boolean).join(', ')]
            : [],
        ),
        ...models.flatMap(({ notice }) => notice ?? []),
      ],
    } satisfies Licences);
}

/** What is known of the rights in a kit, and its LICENSES.json. */
export interface KitLedger {
  readonly text: (files: readonly string[]) => string;
  /** The licence that all of its sounds share; null where they differ or nobody said. */
  readonly licence: string | null;
  /** Who made all of it; null where there are several or nobody said. */
  readonly author: string | null;
}

/** The lineage of a kit's hits. */
export async function kitLedger(
  library: Library,
  facts: LicenceFacts,
  kit: Kit,
  hits: readonly Hit[],
  statement: string,
): Promise<KitLedger> {
  const sourceOf = await sourcesOf(library, hits);
  const sources = [...new Set(hits.map(sourceOf))];
  const shared = (values: readonly (string | null)[]): string | null =>
    new Set(values).size === 1 ? (values[0] ?? null) : null;
  const text = await ledger(library, facts, { pattern: null, kit: kit.name, statement, hits, notes: [] });
  return {
    text,
    licence: shared(sources.map(({ licence }) => licence)),
    author: shared(sources.map(({ author }) => author)),
  };
}

function lineageOf(
  hit: Hit,
  source: string,
  file: string | null,
  played: Note | undefined,
  strokes: number,
): Licences['hits'][number] {
  const { id, audio, sampleRate, startFrame, onsetFrame, frames, gain, judgement, override } = hit;
  return {
    id,
    sha256: audio,
    source,
    start_seconds: startFrame / sampleRate,
    onset_seconds: onsetFrame / sampleRate,
    seconds: frames / sampleRate,
    gain,
    role: override?.role ?? judgement?.role ?? played?.role ?? 'TEXTURE',
    instrument: override?.instrument ?? judgement?.instrument ?? played?.instrument ?? 'perc',
    file,
    strokes,
  };
}

async function sourcesOf(
  library: Library,
  hits: readonly Hit[],
): Promise<(hit: Pick<Hit, 'id' | 'sourceId'>) => Source> {
  const usual = await usualSeparator(library);
  const demo = await demoOf(library);
  const tracks = new Map<string, Source>();
  for (const trackId of new Set(hits.flatMap(({ id }) => trackIdOfHit(id) ?? []))) {
    const track = await library.tracks.one(trackId);
    if (!track) continue;
    const recording = recordingOf(track, await library.hearings.of(trackId), usual);
    tracks.set(trackId, trackId === demo?.trackId ? { ...recording, ...OWN } : recording);
  }
  const imported = new Map<string, Source>();
  for (const sourceId of new Set(hits.flatMap(hit => hit.sourceId ?? []))) {
    const source = await library.sources.one(sourceId);
    if (source) imported.set(sourceId, importedFrom(source));
  }
  return ({ id, sourceId }) => {
    if (DEMO_HIT.test(id)) return DEMO;
    return imported.get(sourceId ?? '') ?? tracks.get(trackIdOfHit(id) ?? '') ?? UNKNOWN;
  };
}

const importedFrom = ({ id, kind, name, path, licence, author }: SampleSource): Source => ({
  id,
  kind,
  name,
  author,
  file: basename(path),
  sha256: null,
  licence,
  settings: null,
});

const recordingOf = (track: Track, hearing: TrackHearing, usualSeparator: string): Source => ({
  id: track.id,
  kind: 'recording',
  name: track.name,
  author: null,
  file: basename(track.path),
  sha256: track.sha256,
  licence: null,
  settings: {
    separator: hearing.separator ?? usualSeparator,
    detector: hearing.detector ?? USUAL_DETECTOR,
    sensitivity: hearing.sensitivity,
    flams: hearing.flams,
    edited_by_hand: hearing.edits.length > 0,
  },
});

async function modelsOf(
  library: Library,
  modelsFolder: string,
  sources: readonly Source[],
  notes: readonly Note[],
): Promise<Licences['models']> {
  const used = new Set<string>([
    ...sources.flatMap(({ settings }) => (settings ? [settings.separator, settings.detector] : [])),
    ...notes.flatMap(({ source }) => MODEL_OF_NOTES[source] ?? []),
  ]);
  const cards = await modelCards(library, modelsFolder);
  return cards.filter(({ id }) => used.has(id)).map(usedModel);
}

const usedModel = ({
  id,
  name,
  task,
  licence,
  origin,
  sha256,
  notice,
}: ModelCard): Licences['models'][number] => ({
  id,
  name,
  task,
  licence,
  origin,
  sha256,
  notice,
});

function countedBySource(notes: readonly Note[]): Licences['notes'] {
  const counts: Licences['notes'] = {};
  for (const { source } of notes) counts[source] = (counts[source] ?? 0) + 1;
  return counts;
}
