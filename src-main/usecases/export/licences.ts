import { basename } from 'node:path';
import { objectText } from '#shared/compose';
import {
  type Hit,
  type HitId,
  type Kit,
  type Licences,
  type Note,
  type Pattern,
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
  sha256: null,
  settings: null,
  ...OWN,
};
/** Sounds that came with a kit whose maker did not say where they are from. */
const UNKNOWN: Source = {
  id: 'unknown',
  kind: 'unknown',
  name: 'Sounds without a known origin',
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
  { version, modelsFolder }: LicenceFacts,
  request: ExportRequest,
  kit: Kit,
  patterns: readonly Pattern[],
): Promise<(files: readonly string[]) => string> {
  const notes = patterns.flatMap(pattern => pattern.notes.filter(note => !note.muted && note.velocity > 0));
  const unique = [...new Map(notes.map(note => [note.id, note])).values()];
  const hits = await hitsOf(library, { ...request.pattern, notes: unique }, kit);
  const sourceOf = await sourcesOf(library, hits);
  const sources = [...new Map(hits.map(hit => [sourceOf(hit).id, sourceOf(hit)])).values()];
  const models = await modelsOf(library, modelsFolder, sources, unique);
  const strokes = Map.groupBy(unique, note => note.hit);
  const lineage = hits.map(hit => lineageOf(hit, sourceOf(hit).id, strokes.get(hit.id) ?? []));
  const statement = request.statement.trim();
  return files =>
    objectText({
      version: 1,
      made_with: { program: 'Backbeat', version },
      pattern: request.patternName,
      kit: kit.name,
      files: [...files],
      statement: statement === '' ? null : statement,
      sources,
      hits: lineage,
      models,
      notes: countedBySource(unique),
      credits: models.flatMap(({ notice }) => notice ?? []),
    } satisfies Licences);
}

function lineageOf(hit: Hit, source: string, strokes: readonly Note[]): Licences['hits'][number] {
  const { id, audio, sampleRate, startFrame, onsetFrame, frames, gain, judgement, override } = hit;
  const [played] = strokes;
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
    strokes: Math.max(1, strokes.length),
  };
}

async function sourcesOf(
  library: Library,
  hits: readonly Hit[],
): Promise<(hit: { readonly id: HitId }) => Source> {
  const usual = await usualSeparator(library);
  const demo = await demoOf(library);
  const tracks = new Map<string, Source>();
  for (const trackId of new Set(hits.flatMap(({ id }) => trackIdOfHit(id) ?? []))) {
    const track = await library.tracks.one(trackId);
    if (!track) continue;
    const recording = recordingOf(track, await library.hearings.of(trackId), usual);
    tracks.set(trackId, trackId === demo?.trackId ? { ...recording, ...OWN } : recording);
  }
  return ({ id }) => {
    if (DEMO_HIT.test(id)) return DEMO;
    return tracks.get(trackIdOfHit(id) ?? '') ?? UNKNOWN;
  };
}

const recordingOf = (track: Track, hearing: TrackHearing, usualSeparator: string): Source => ({
  id: track.id,
  kind: 'recording',
  name: track.name,
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
