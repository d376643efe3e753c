import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Library } from '#main/library';
import { hashFile, readWav, temporaryBeside, writeWav } from '#main/platform';
import { type Hit, type HitId, hitId, type Kit, type PlanarAudio } from '#shared/model';

/** A sound by itself in the library, as a hit of that name. */
export async function takeSoundIn(
  library: Library,
  name: string,
  audio: PlanarAudio,
  more: Partial<Hit> = {},
): Promise<Hit> {
  const path = temporaryBeside(join(library.scratch, `${name}.wav`));
  await writeWav(path, audio, '32f');
  const artefact = { sha256: await hashFile(path), extension: '.wav', bytes: readFileSync(path).length };
  const copy = temporaryBeside(join(library.scratch, name));
  await copyFile(path, copy);
  await library.store.take(copy, artefact);
  await library.write(at => at.artefacts.hold(`kit:${name}`, [artefact]));
  return {
    id: hitId(name),
    index: 0,
    onsetFrame: 0,
    startFrame: 0,
    frames: audio.channels[0]?.length ?? 0,
    flamFrames: null,
    gain: 1,
    velocity: 1,
    sampleRate: audio.sampleRate,
    audio: artefact.sha256,
    name: null,
    sourceId: null,
    duplicates: [],
    judgement: null,
    quality: null,
    override: null,
    ...more,
  };
}

export async function takeKitIn(library: Library, kit: Kit, hits: readonly Hit[]): Promise<void> {
  await library.write(async at => {
    await at.hits.putLoose(hits);
    await at.kits.put(kit, '2026-01-01T00:00:00Z');
  });
}

/** The audio of each of a kit's hits, as it lies in the library. */
export async function audioOfKit(library: Library, kit: Kit): Promise<ReadonlyMap<HitId, PlanarAudio>> {
  const hits = await library.hits.some([...new Set(kit.pads.flatMap(pad => pad.hits))]);
  const audio = new Map<HitId, PlanarAudio>();
  for (const hit of hits) {
    const read = await readWav((await library.artefactPath(hit.audio)) ?? '');
    if (!read.ok) throw new Error(JSON.stringify(read.failure));
    audio.set(hit.id, read.value);
  }
  return audio;
}
