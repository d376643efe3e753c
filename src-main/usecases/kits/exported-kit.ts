import { JobFailed } from '#main/jobs';
import type { Library } from '#main/library';
import type { KitFilesInput } from '#main/pipeline/kit-files';
import { type BakedSound, documentOfKit, kitFacts, soundNames } from '#shared/kit-formats';
import { type Hit, type HitId, type Kit, type KitFile, padInFile, shapeInFile } from '#shared/model';
import type { FileRef } from '#main/jobs';

/** A kit with everything that its formats need of the library. */
export interface KitToExport {
  readonly kit: Kit;
  readonly hits: ReadonlyMap<HitId, Hit>;
  readonly audio: ReadonlyMap<HitId, FileRef>;
}

/** The hits of a kit's pads and their audio. Throws `JobFailed` when the audio of one is gone. */
export async function kitToExport(library: Library, kit: Kit): Promise<KitToExport> {
  const ids = [...new Set(kit.pads.flatMap(pad => pad.hits))];
  const hits = new Map((await library.hits.some(ids)).map(hit => [hit.id, hit]));
  const audio = new Map<HitId, FileRef>();
  for (const [id, hit] of hits) {
    const path = await library.artefactPath(hit.audio);
    if (!path) throw new JobFailed({ code: 'missingSample', sampleId: id, path: 'the library' });
    audio.set(id, { kind: 'file', path, sha256: hit.audio });
  }
  if (hits.size === 0) throw new JobFailed({ code: 'notFound', path: `a hit on the pads of ${kit.name}` });
  return { kit, hits, audio };
}

/** The kit as samplers play it. */
export function soundingKit(
  { kit, hits }: KitToExport,
  said: { author: string | null; licence: string | null },
) {
  const { document, sounds, unheard } = documentOfKit(kit, hit => hits.has(hit), said);
  const facts = kitFacts({ sounds, unheard }, hits);
  return { document, sounds, facts };
}

/** What a stage takes of the sounds that pads play. */
export function soundFiles(
  { audio }: KitToExport,
  sounds: readonly BakedSound[],
  names: ReadonlyMap<string, string>,
): KitFilesInput['sounds'] {
  return sounds.flatMap(({ key, hit, shape }) => {
    const file = audio.get(hit);
    return file ? [{ key, name: names.get(key) ?? key, file, shape }] : [];
  });
}

/** Backbeat's own manifest, with names for the WAVs of all hits, those that no stroke plays too. */
export function ownFile(
  { kit, hits, audio }: KitToExport,
  document: Parameters<typeof soundNames>[0],
  said: { readonly author: string | null; readonly licence: string | null },
): { readonly file: KitFile; readonly sounds: KitFilesInput['sounds'] } {
  const names = new Map(soundNames(document));
  const taken = new Set([...names.values()].map(name => name.toLowerCase()));
  for (const pad of kit.pads)
    for (const id of pad.hits) {
      if (names.has(id)) continue;
      const plain = soundNames({ ...document, pads: [{ ...PLAIN, name: pad.name }] }).get('') ?? 'Pad';
      let name = `${plain} other`;
      for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${plain} other ${number}`;
      taken.add(name.toLowerCase());
      names.set(id, name);
    }
  const present = [...hits.values()];
  const file: KitFile = {
    version: 1,
    format: 'backbeat-kit',
    name: kit.name,
    sample_rate: kit.sampleRate,
    ...said,
    hits: present.map(hit => ({
      id: hit.id,
      file: `Samples/${names.get(hit.id) ?? hit.id}.wav`,
      name: hit.name,
      role: hit.override?.role ?? hit.judgement?.role ?? null,
      instrument: hit.override?.instrument ?? hit.judgement?.instrument ?? null,
      onset_frames: hit.onsetFrame - hit.startFrame,
      flam_frames: hit.flamFrames,
      gain: hit.gain,
      velocity: hit.velocity,
    })),
    pads: kit.pads.map(padInFile),
    shapes: Object.fromEntries(
      Object.entries(kit.shapes).flatMap(([id, shape]) =>
        hits.has(id as HitId) ? [[id, shapeInFile(shape)]] : [],
      ),
    ),
  };
  const sounds = present.flatMap(({ id }) => {
    const own = audio.get(id);
    return own ? [{ key: id, name: names.get(id) ?? id, file: own, shape: null }] : [];
  });
  return { file, sounds };
}

/** A pad that plays one sound, called "". */
const PLAIN = {
  note: 0,
  instrument: null,
  role: null,
  gainDecibels: 0,
  pan: 0,
  choke: null,
  semitones: 0,
  velocityCurve: 1,
  order: 'first',
  layers: [{ upTo: 127, takes: [{ sound: '', gainDecibels: 0, semitones: 0 }] }],
} as const;
