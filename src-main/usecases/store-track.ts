import { canonicalJson, hashText } from '#shared/base';
import { composeSkeleton, layOut, poolsOfKit, SKELETON_DEFAULTS } from '#shared/compose';
import {
  type Hit,
  type Judgement,
  type Kit,
  type KitManifest,
  type Pattern,
  type Stem,
  type Tempo,
} from '#shared/model';
import type { JobView } from '#shared/protocol';
import type { FileRef } from '#main/jobs';
import type { Library, NewTrack, Writers } from '#main/library';
import { firstKit } from './first-kit';
import { hitIdOf, kitIdOf, patternIdOf, trackIdOf } from './identity';

/** A song as the stages heard it. */
export interface HeardTrack {
  readonly name: string;
  readonly source: FileRef;
  readonly audio: { readonly sampleRate: number; readonly channelCount: number; readonly frames: number };
  readonly stems: readonly Stem[];
  readonly tempo: Tempo | null;
  readonly manifest: KitManifest;
  /** The slices' audio by sample id. */
  readonly slices: ReadonlyMap<string, FileRef>;
  readonly judgements: ReadonlyMap<string, Judgement>;
}

/** A groove whose notes name their hits by the kit's sample ids. */
export interface FoundGroove {
  readonly pattern: Pattern;
}

/** Tempo of a first groove for a song without a pulse. */
const TEMPO_WITHOUT_PULSE = 120;

/**
 * Puts a song, its stems, its hits with what the machine thinks of them, a first kit and a first groove into the library,
 * all or nothing. What the user changed since a former import stays: names, kits, grooves, overrides, tempo.
 */
export async function storeTrack(
  library: Library,
  heard: HeardTrack,
  groove: FoundGroove | null,
  now: Date,
): Promise<Required<Pick<JobView['made'], 'trackId' | 'kitId' | 'patternId'>>> {
  const { sha256 } = heard.source;
  const trackId = trackIdOf(sha256);
  const hits = hitsOf(heard);
  const track: NewTrack = {
    id: trackId,
    name: heard.name,
    path: heard.source.path,
    sha256,
    seconds: heard.audio.frames / heard.audio.sampleRate,
    sampleRate: heard.audio.sampleRate,
    channelCount: heard.audio.channelCount,
    tempo: heard.tempo,
    stems: [...heard.stems],
    addedAt: now.toISOString(),
  };
  return library.write(async at => {
    await at.tracks.put(track);
    await at.hits.replace(trackId, hits);
    const audio = [...heard.stems.flatMap(stem => [stem.audio, stem.peaks]), ...hits.map(hit => hit.audio)];
    await at.artefacts.holdOnly(`track:${trackId}`, audio);
    const kit = await storeKit(at, heard, await at.hits.ofTrack(trackId), now);
    const pattern = groove ? withHitIds(groove, heard) : firstGroove(heard, kit);
    const patternId = patternIdOf(sha256, groove ? contentName(pattern) : 'first');
    if (!(await at.patterns.one(patternId)))
      await at.patterns.put(
        { id: patternId, name: `${heard.name} groove`, kitId: kit.id, trackId, pattern },
        now.toISOString(),
      );
    return { trackId, kitId: kit.id, patternId };
  });
}

const hitsOf = ({ source, manifest, slices, judgements }: HeardTrack): Hit[] =>
  [...manifest.slices]
    .sort((a, b) => a.onset_frame - b.onset_frame)
    .map(
      (slice, index): Hit => ({
        id: hitIdOf(source.sha256, slice.onset_frame),
        index,
        onsetFrame: slice.onset_frame,
        startFrame: slice.start_frame,
        frames: slice.frames,
        flamFrames: slice.flam_frames,
        gain: slice.gain,
        velocity: slice.velocity,
        sampleRate: slice.sample_rate,
        audio: slices.get(slice.sample_id)?.sha256 ?? '',
        duplicates: slice.duplicates.map(({ onset_frame, frames }) => ({ onsetFrame: onset_frame, frames })),
        judgement: judgements.get(slice.sample_id) ?? null,
        quality: null,
        override: null,
      }),
    );

/** The first kit, unless there is one of a former import whose hits are all still there. */
async function storeKit(at: Writers, heard: HeardTrack, hits: readonly Hit[], now: Date): Promise<Kit> {
  const id = kitIdOf(heard.source.sha256);
  const former = await at.kits.one(id);
  const used = former?.pads.flatMap(pad => pad.hits) ?? [];
  if (former && used.length > 0 && (await at.hits.some(used)).length === used.length) return former;
  const kit = firstKit(id, `${heard.name} kit`, heard.audio.sampleRate, hits);
  await at.kits.put(kit, now.toISOString());
  return kit;
}

/** A plain skeleton at the song's tempo, played by its own kit. */
function firstGroove({ tempo }: HeardTrack, kit: Kit): Pattern {
  const skeleton = composeSkeleton({
    ...SKELETON_DEFAULTS,
    tempo: tempo?.bpm ?? TEMPO_WITHOUT_PULSE,
    meter: tempo?.meter ?? SKELETON_DEFAULTS.meter,
  });
  return layOut(skeleton, poolsOfKit(kit), { choice: 'round_robin', seed: SKELETON_DEFAULTS.seed });
}

/** The same groove has the same name, so that a resumed run does not store it twice. */
const contentName = (pattern: Pattern): string => hashText(canonicalJson(pattern)).toString(16);

function withHitIds({ pattern }: FoundGroove, { source, manifest }: HeardTrack): Pattern {
  const ids = new Map(
    manifest.slices.map(slice => [slice.sample_id, hitIdOf(source.sha256, slice.onset_frame)]),
  );
  const notes = pattern.notes.map(note => ({ ...note, hit: note.hit && (ids.get(note.hit) ?? null) }));
  return { ...pattern, notes };
}
