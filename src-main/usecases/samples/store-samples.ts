import type { FileRef } from '#main/jobs';
import type { Library, Sound, SourceFile } from '#main/library';
import {
  type Hit,
  type HitId,
  type Judgement,
  layersByName,
  nameOfSample,
  type SampleSource,
} from '#shared/model';
import { sampleHitIdOf } from '../identity';
import { playedHits } from '../played-hits';

/** A file of the user's by the name that it has below its folder. */
export interface ImportedFile {
  readonly name: string;
  readonly file: FileRef;
}

/** A one-shot as the stages heard it; its id is the SHA-256 of the user's file, `file` the WAV that was made of it. */
export interface ReadSample {
  readonly sampleId: string;
  readonly file: FileRef;
  readonly frames: number;
  readonly sampleRate: number;
  readonly judgement: Judgement | null;
}

interface HeardFolder {
  readonly files: readonly ImportedFile[];
  readonly samples: ReadonlyMap<string, ReadSample>;
  /** By the ear that heard them; null is none. */
  readonly sounds: ReadonlyMap<string | null, readonly { readonly sounds: readonly Sound[] }[]>;
  /** All that the folder has now; else what is given is added to what was there. */
  readonly isWhole: boolean;
}

/** What an import did, in numbers. */
export interface ImportedSamples {
  /** Sounds of the folder. */
  readonly hits: number;
  /** Hits that the library did not have. */
  readonly added: number;
  /** Hits that it no longer has. */
  readonly removed: number;
  /** Files that sound like another one, to the last bit. */
  readonly copies: number;
}

/** Puts a folder and its hits into the library, all or nothing. What the user said of the hits stays, and hits that are played stay. */
export async function storeSamples(
  library: Library,
  source: SampleSource,
  { files, samples, sounds, isWhole }: HeardFolder,
  now: Date,
): Promise<ImportedSamples> {
  return library.write(async at => {
    const former = await at.sources.files(source.id);
    const found = files.flatMap(({ name, file }): (SourceFile & { sample: ReadSample })[] => {
      const sample = samples.get(file.sha256);
      return sample
        ? [{ path: name, sha256: file.sha256, hitId: sampleHitIdOf(sample.file.sha256), sample }]
        : [];
    });
    if (found.length === 0 && former.length === 0) return { hits: 0, added: 0, removed: 0, copies: 0 };
    const kept = isWhole ? [] : former.filter(({ path }) => found.every(file => file.path !== path));
    const present = new Map<string, Hit>(
      (await at.hits.some([...new Set(found.map(({ hitId }) => hitId))])).map(hit => [hit.id, hit]),
    );
    const active = new Set((await at.sources.all()).map(stored => stored.source.id));
    const hits = hitsOf(found, source.id, present, active);
    await at.sources.put(source, now.toISOString());
    await at.sources.putFiles(source.id, [
      ...kept,
      ...found.map(({ path, sha256, hitId }) => ({ path, sha256, hitId })),
    ]);
    await at.hits.putLoose(hits);
    for (const [ear, heard] of sounds)
      if (ear !== null)
        await at.sounds.put(
          ear,
          heard.flatMap(batch => batch.sounds),
        );
    const removed = await at.sources.dropHits(source.id, await playedHits(at));
    await at.artefacts.holdOnly(`source:${source.id}`, await at.sources.audioOf(source.id));
    const unique = new Set([...kept, ...found].map(({ hitId }) => hitId)).size;
    return {
      hits: unique,
      added: new Set(found.map(({ hitId }) => hitId).filter(id => !present.has(id))).size,
      removed,
      copies: kept.length + found.length - unique,
    };
  });
}

/** The hits that this folder is the home of: new ones, its own, and those whose home is off the list. */
function hitsOf(
  found: readonly (SourceFile & { readonly sample: ReadSample })[],
  sourceId: string,
  present: ReadonlyMap<string, Hit>,
  active: ReadonlySet<string>,
): Hit[] {
  const velocities = velocitiesByName(found);
  const hits = new Map<string, Hit>();
  for (const [index, { path, hitId, sample }] of found.entries()) {
    if (hits.has(hitId)) continue;
    const home = present.get(hitId)?.sourceId;
    if (home && home !== sourceId && active.has(home)) continue;
    hits.set(hitId, {
      id: hitId as HitId,
      index,
      onsetFrame: 0,
      startFrame: 0,
      frames: sample.frames,
      flamFrames: null,
      gain: 1,
      velocity: velocities.get(path) ?? 1,
      sampleRate: sample.sampleRate,
      audio: sample.file.sha256,
      name: nameOfSample(path),
      sourceId,
      duplicates: [],
      judgement: sample.judgement,
      quality: null,
      override: null,
    });
  }
  return [...hits.values()];
}

/** How hard a stroke was, where the names of a folder's files tell. */
function velocitiesByName(found: readonly SourceFile[]): ReadonlyMap<string, number> {
  const groups = layersByName(found.map(({ path }) => ({ path, key: path })));
  return new Map(
    groups.flatMap(({ layers }) =>
      layers.flatMap(({ upTo, keys }) => keys.map(path => [path, upTo / 127] as const)),
    ),
  );
}
