import { canonicalJson, hashText } from '#shared/base';
import { composeSkeleton, layOut, poolsOfKit, SKELETON_DEFAULTS } from '#shared/compose';
import { bleedOf } from '#shared/analysis';
import type {
  Duplicate,
  Hit,
  HitId,
  HitQuality,
  Judgement,
  Kit,
  KitManifest,
  ManifestSlice,
  Pattern,
  TrackHearing,
  Twin,
  Stem,
  Tempo,
} from '#shared/model';
import type { JobView } from '#shared/protocol';
import type { FileRef } from '#main/jobs';
import type { Library, NewTrack, Writers } from '#main/library';
import { firstKit } from './first-kit';
import { hitIdOf, hitPrefixOf, kitIdOf, patternIdOf, trackIdOf } from './identity';
import { type Listened, soundsOf } from './line/listening';
import { nameHits } from './name-hits';
import { playedHits } from './played-hits';

/** A song as the stages heard it. */
export interface HeardTrack {
  readonly name: string;
  readonly source: FileRef;
  readonly audio: { readonly sampleRate: number; readonly channelCount: number; readonly frames: number };
  readonly stems: readonly Stem[];
  readonly tempo: Tempo | null;
  readonly manifest: KitManifest;
  /** How it was asked to be heard; absent where nobody said. */
  readonly hearing?: TrackHearing | undefined;
  /** Everything that was heard at the highest sensitivity; the window chooses from it. */
  readonly allOnsets?: FileRef | undefined;
  /** The slices' audio by sample id. */
  readonly slices: ReadonlyMap<string, FileRef>;
  readonly judgements: ReadonlyMap<string, Judgement>;
  /** What an audio-text model heard in the slices; absent where none could be used. */
  readonly listened?: Listened | null;
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
  const sounds = heard.listened ? await soundsOf(heard.listened, heard.slices) : [];
  return library.write(async at => {
    const former = await at.hits.ofTrack(trackId);
    const loose = await at.hits.looseOf(hitPrefixOf(sha256));
    const names = nameHits(heard.manifest.slices, sha256, former, new Set(loose.map(({ id }) => id)));
    const hits = hitsOf(heard, names);
    const played = await playedHits(at);
    const untouched = await untouchedKit(at, heard, former);
    await at.tracks.put(track);
    if (heard.hearing && !(await at.hearings.isSaid(trackId))) await at.hearings.put(trackId, heard.hearing);
    await at.hits.replace(trackId, hits, played);
    if (heard.listened) await at.sounds.put(heard.listened.ear, sounds);
    await at.hits.removeLoose(loose.flatMap(({ id }) => (played.has(id) ? [] : [id])));
    if (heard.allOnsets) await at.tracks.setOnsets(trackId, heard.allOnsets.sha256);
    const audio = [
      ...heard.stems.flatMap(({ audio, peaks, bleed }) =>
        bleed === undefined ? [audio, peaks] : [audio, peaks, bleed],
      ),
      ...hits.map(hit => hit.audio),
      ...(await at.hits.looseOf(hitPrefixOf(sha256))).map(hit => hit.audio),
      ...(heard.allOnsets ? [heard.allOnsets.sha256] : []),
    ];
    await at.artefacts.holdOnly(`track:${trackId}`, audio);
    const kit = await storeKit(at, heard, trackId, untouched, now);
    const pattern = groove ? withHitIds(groove, names) : firstGroove(heard, kit);
    const patternId = patternIdOf(sha256, groove ? contentName(pattern) : 'first');
    if (!(await at.patterns.one(patternId)))
      await at.patterns.put(
        { id: patternId, name: `${heard.name} groove`, kitId: kit.id, trackId, pattern },
        now.toISOString(),
      );
    return { trackId, kitId: kit.id, patternId };
  });
}

const hitsOf = (
  { source, manifest, slices, judgements }: HeardTrack,
  names: ReadonlyMap<string, HitId>,
): Hit[] =>
  [...manifest.slices]
    .sort((a, b) => a.onset_frame - b.onset_frame)
    .map(
      (slice, index): Hit => ({
        id: names.get(slice.sample_id) ?? hitIdOf(source.sha256, slice.onset_frame),
        index,
        onsetFrame: slice.onset_frame,
        startFrame: slice.start_frame,
        frames: slice.frames,
        flamFrames: slice.flam_frames,
        gain: slice.gain,
        velocity: slice.velocity,
        sampleRate: slice.sample_rate,
        audio: slices.get(slice.sample_id)?.sha256 ?? '',
        name: null,
        sourceId: null,
        duplicates: slice.duplicates.map(twinOf),
        judgement: judgements.get(slice.sample_id) ?? null,
        quality: qualityOf(slice),
        override: null,
      }),
    );

const twinOf = ({ onset_frame, start_frame, frames, velocity, take }: Duplicate): Twin => ({
  onsetFrame: onset_frame,
  startFrame: start_frame,
  frames,
  velocity,
  ...(take ? { rank: take.rank } : {}),
});

function qualityOf({ quality, take }: ManifestSlice): HitQuality | null {
  if (!quality.bleed || !take) return null;
  return {
    bleed: bleedOf(quality.bleed),
    score: take.score,
    take: { rank: take.rank, of: take.of },
    parts: quality.bleed,
    floorDecibels: quality.signal_to_floor_db,
    tailDecibels: quality.tail_db,
    clippedFrames: quality.clipped_frames,
  };
}

/** The first kit of a former analysis as long as it is still what was made of its hits: nobody has changed it. */
async function untouchedKit(at: Writers, heard: HeardTrack, former: readonly Hit[]): Promise<Kit | null> {
  const kit = await at.kits.one(kitIdOf(heard.source.sha256));
  if (!kit || former.length === 0) return null;
  const made = firstKit(kit.id, kit.name, kit.sampleRate, former);
  return canonicalJson(made.pads) === canonicalJson(kit.pads) ? kit : null;
}

/** A first kit, unless there is one that somebody has changed. It keeps the hits that its grooves play. */
async function storeKit(
  at: Writers,
  heard: HeardTrack,
  trackId: string,
  untouched: Kit | null,
  now: Date,
): Promise<Kit> {
  const id = kitIdOf(heard.source.sha256);
  const former = await at.kits.one(id);
  if (former && !untouched) return former;
  const hits = await at.hits.ofTrack(trackId);
  const own = new Set<string>(hits.map(hit => hit.id));
  const grooves = (await at.patterns.all()).filter(({ kitId }) => kitId === id);
  const played = grooves.flatMap(({ pattern }) => pattern.notes.flatMap(note => note.hit ?? []));
  const kept = await at.hits.some([...new Set(played)].filter(hit => !own.has(hit)));
  const name = untouched?.name ?? `${heard.name} kit`;
  const kit = firstKit(id, name, heard.audio.sampleRate, [...hits, ...kept]);
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

function withHitIds({ pattern }: FoundGroove, names: ReadonlyMap<string, HitId>): Pattern {
  const notes = pattern.notes.map(note => ({ ...note, hit: note.hit && (names.get(note.hit) ?? null) }));
  return { ...pattern, notes };
}
