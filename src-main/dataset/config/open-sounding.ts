import { readFile } from 'node:fs/promises';
import { attempt, Failed, hashFile } from '#main/platform';
import { fail, invariant, ok, type Result } from '#shared/base';
import {
  type Catalogue,
  parseRudiment,
  type ResourceFile,
  resourcesKey,
  rudimentConflicts,
  type RunResources,
  sortedResources,
} from '#shared/dataset';
import type { Failure } from '#shared/protocol';
import { bundledRudiments } from '../rudiments';
import {
  isWholeKit,
  loadOwnKits,
  openAugmentContext,
  openSynth,
  ownFontsFolder,
  type RefusedKit,
  type Sounding,
  type SoundKit,
  type Synth,
  userKits,
} from '../sound';
import { groovesOf } from './grooves';
import { recordingsOf } from './recordings';

export interface OpenedSounding {
  readonly sounding: Sounding;
  readonly catalogue: Catalogue;
  /** Of the user's fonts: presets that are no drum kits. */
  readonly refusedKits: readonly RefusedKit[];
}

let last: { readonly key: string; readonly opened: Promise<Result<OpenedSounding, Failure>> } | null = null;

/**
 * Everything that the samples of a run are made with: our kits and the user's, decoded recordings, rudiments and grooves. That takes seconds, so a process keeps
 * the last one and closes the one before; equal files give the same. A file that has changed since it was hashed is refused.
 */
export async function openSounding(resources: RunResources): Promise<Result<OpenedSounding, Failure>> {
  const key = resourcesKey(resources);
  if (last?.key === key) return await last.opened;
  const before = last;
  const opened = opening(resources);
  last = { key, opened };
  const result = await opened;
  if (!result.ok && last?.key === key) last = null;
  const replaced = await before?.opened.catch(() => null);
  if (replaced?.ok) replaced.value.sounding.synth.close();
  return result;
}

async function opening(resources: RunResources): Promise<Result<OpenedSounding, Failure>> {
  // What is drawn from a list follows its order, so that must not be the machine's.
  const files = sortedResources(resources);
  const same = await unchanged(files);
  if (!same.ok) return same;
  const synth = await openSynth();
  const kits = await kitsOf(synth, files);
  const rudiments = await rudimentsOf(files);
  const grooves = await groovesOf(files);
  const recordings = await recordingsOf(files, new AbortController().signal);
  for (const part of [kits, rudiments, grooves, recordings])
    if (!part.ok) {
      synth.close();
      return part;
    }
  invariant(kits.ok && rudiments.ok && grooves.ok && recordings.ok, 'all parts are there');
  const context = await openAugmentContext(sha256 => {
    const recording = recordings.value.get(sha256);
    // A row may name a file that whoever rebuilds it does not have.
    if (!recording) throw new Failed(withoutRecording(sha256));
    return recording;
  });
  return ok({
    sounding: { synth, kits: kits.value.kits, context },
    catalogue: {
      ...rudiments.value,
      kits: kits.value.kits.map(kit => ({ id: kit.id, isWholeKit: isWholeKit(kit) })),
      grooves: grooves.value,
      recordings: {
        impulse: hashesOf(files, 'response'),
        noise: hashesOf(files, 'noise'),
        'short-noise': hashesOf(files, 'short-noise'),
        mix: hashesOf(files, 'noise'),
      },
    },
    refusedKits: kits.value.refused,
  });
}

const withoutRecording = (sha256: string): Failure => ({
  code: 'cannotGenerate',
  what: 'This sample',
  reason: `it was recorded with the audio file of SHA-256 ${sha256.slice(0, 12)}, which is not here`,
  instead: 'Name that file among impulse_response_paths, noise_paths or short_noise_paths',
});

const hashesOf = (files: readonly ResourceFile[], kind: ResourceFile['kind']): readonly string[] =>
  files.filter(file => file.kind === kind).map(({ sha256 }) => sha256);

async function unchanged(files: readonly ResourceFile[]): Promise<Result<null, Failure>> {
  for (const { path, kind, sha256 } of files) {
    const found = await attempt(path, () => hashFile(path));
    if (!found.ok) return found;
    if (found.value !== sha256)
      return fail({ code: 'badFile', path, format: kind, problems: ['it has changed since the run began'] });
  }
  return ok(null);
}

interface FoundKits {
  readonly kits: readonly SoundKit[];
  readonly refused: readonly RefusedKit[];
}

async function kitsOf(synth: Synth, files: readonly ResourceFile[]): Promise<Result<FoundKits, Failure>> {
  const own = await loadOwnKits(synth, ownFontsFolder());
  if (!own.ok) return own;
  const kits = [...own.value];
  const refused: RefusedKit[] = [];
  for (const file of files) {
    if (file.kind !== 'font') continue;
    const bytes = await attempt(file.path, () => readFile(file.path));
    if (!bytes.ok) return bytes;
    const font = await synth.load(bytes.value, file.path);
    if (!font.ok) return font;
    const found = userKits(synth, font.value, file.path);
    if (!found.ok) return found;
    kits.push(...found.value.kits);
    refused.push(...found.value.refused);
  }
  return ok({ kits, refused });
}

async function rudimentsOf(
  files: readonly ResourceFile[],
): Promise<Result<Pick<Catalogue, 'rudiments' | 'definitions'>, Failure>> {
  const rudiments = bundledRudiments();
  const definitions: Record<string, string> = {};
  for (const file of files) {
    if (file.kind !== 'rudiment') continue;
    const text = await attempt(file.path, () => readFile(file.path, 'utf8'));
    if (!text.ok) return text;
    const parsed = parseRudiment(text.value);
    if (parsed.ok) {
      rudiments.push(parsed.value);
      definitions[parsed.value.slug] = file.sha256;
    }
    const problems = parsed.ok ? rudimentConflicts(rudiments) : parsed.failure.problems;
    if (problems.length > 0)
      return fail({ code: 'badFile', path: file.path, format: 'rudiment', problems: [...problems] });
  }
  return ok({ rudiments, definitions });
}
