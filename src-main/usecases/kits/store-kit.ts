import type { FileRef } from '#main/jobs';
import type { Library, Sound } from '#main/library';
import type { Told } from '#shared/kit-formats';
import {
  compareText,
  type Hit,
  hitId,
  type HitId,
  type HitShape,
  INSTRUMENT_FACTS,
  type Judgement,
  type Kit,
  type KitFile,
  nameOfSample,
  type Pad,
  padOfFile,
  PLAIN_PAD,
  PLAIN_SHAPE,
  type SampleSource,
  shapeOfFile,
} from '#shared/model';
import { clamp } from '#shared/units';
import type { KitDocument, KitTake } from '#shared/kit-formats';
import { sampleHitIdOf } from '../identity';
import { playedHits } from '../played-hits';

/** A sound of the kit as the stages read and judged it. */
export interface KitSound {
  readonly key: string;
  readonly file: FileRef;
  readonly frames: number;
  readonly sampleRate: number;
  readonly judgement: Judgement | null;
}

export interface KitToStore {
  readonly kitId: string;
  readonly source: SampleSource;
  readonly kit: Omit<Kit, 'id'>;
  readonly hits: readonly Hit[];
  /** Path of the file in the kit by hit. */
  readonly files: ReadonlyMap<HitId, { readonly path: string; readonly sha256: string }>;
}

/** Names of hits: equal audio is one hit, but where the kit plays it in several ways. */
class HitNames {
  readonly #shapes = new Map<HitId, string>();

  of(base: HitId, manner: string): HitId {
    for (let number = 1; ; number++) {
      const id = number === 1 ? base : hitId(`${base}-v${number}`);
      const known = this.#shapes.get(id);
      if (known !== undefined && known !== manner) continue;
      this.#shapes.set(id, manner);
      return id;
    }
  }
}

/** A kit of another format with hits for its takes. `told` is what each pad is, as far as anybody knows. */
export function kitOfDocument(
  document: KitDocument,
  source: SampleSource,
  sounds: ReadonlyMap<string, KitSound>,
  told: readonly (Told | null)[],
): Omit<KitToStore, 'kitId' | 'source'> {
  const names = new HitNames();
  const hits = new Map<HitId, Hit>();
  const files = new Map<HitId, { path: string; sha256: string }>();
  const shapes: Record<HitId, HitShape> = {};
  const pads = document.pads.flatMap((pad, index): Pad[] => {
    const known = told[index] ?? null;
    const semitones = clamp(pad.semitones, -24, 24);
    const take = ({ sound, ...played }: KitTake): HitId[] => {
      const read = sounds.get(sound);
      if (!read) return [];
      const gainDecibels = clamp(played.gainDecibels, -60, 24);
      const pitch = clamp(played.semitones + pad.semitones - semitones, -24, 24);
      const id = names.of(sampleHitIdOf(read.file.sha256), `${gainDecibels} ${pitch}`);
      const path = pathOf(sound);
      if (!hits.has(id))
        hits.set(id, {
          ...hitOf(read, id, hits.size, source.id),
          name: nameOfSample(path),
          judgement: judged(read.judgement, known, pad.name, pad.note),
        });
      files.set(id, { path, sha256: read.file.sha256 });
      if (gainDecibels !== 0 || pitch !== 0) shapes[id] = { ...PLAIN_SHAPE, gainDecibels, semitones: pitch };
      return [id];
    };
    const layers = pad.layers.flatMap(layer => {
      const own = layer.takes.flatMap(take);
      return own.length > 0 ? [{ upTo: layer.upTo, hits: own }] : [];
    });
    const last = layers.at(-1);
    if (!last) return [];
    const own = [...new Set(layers.flatMap(layer => layer.hits))];
    const loudest = hits.get(last.hits[0] ?? hitId(''));
    const instrument = known?.instrument ?? loudest?.judgement?.instrument ?? 'perc';
    const role = known ? INSTRUMENT_FACTS[instrument].role : (loudest?.judgement?.role ?? 'TEXTURE');
    const plays = layers.length > 1 || last.hits.length > 1;
    return [
      {
        ...PLAIN_PAD,
        id: `pad-${index + 1}`,
        name: pad.name,
        role,
        instrument,
        note: pad.note,
        hits: own,
        chosen: own.indexOf(last.hits[0] ?? hitId('')),
        gainDecibels: pad.gainDecibels,
        pan: pad.pan,
        choke: pad.choke,
        layers: plays
          ? layers.map((layer, at) => (at === layers.length - 1 ? { ...layer, upTo: 127 } : layer))
          : [],
        takes: pad.order,
        semitones,
        velocityCurve: pad.velocityCurve,
      },
    ];
  });
  const kit = {
    name: document.name,
    sampleRate: usualRate([...hits.values()]),
    pads: namedChokes(pads),
    shapes,
  };
  return { kit, hits: [...hits.values()], files };
}

/** A kit of Backbeat's own, as it was. */
export function kitOfOwnFile(
  own: KitFile,
  source: SampleSource,
  sounds: ReadonlyMap<string, KitSound>,
): Omit<KitToStore, 'kitId' | 'source'> {
  const names = new HitNames();
  const hits = new Map<HitId, Hit>();
  const files = new Map<HitId, { path: string; sha256: string }>();
  const ids = new Map<string, HitId>();
  for (const each of own.hits) {
    const read = sounds.get(each.file);
    if (!read) continue;
    const shape = own.shapes[each.id];
    const id = names.of(
      hitId(`${sampleHitIdOf(read.file.sha256)}${each.onset_frames === 0 ? '' : `-o${each.onset_frames}`}`),
      JSON.stringify(shape ?? null),
    );
    ids.set(each.id, id);
    files.set(id, { path: each.file, sha256: read.file.sha256 });
    const known: Told | null = each.instrument ? { instrument: each.instrument, by: 'name' } : null;
    hits.set(id, {
      ...hitOf(read, id, hits.size, source.id),
      onsetFrame: Math.min(read.frames - 1, each.onset_frames),
      flamFrames: each.flam_frames,
      gain: each.gain,
      velocity: each.velocity,
      name: each.name ?? nameOfSample(each.file),
      judgement: judged(
        read.judgement,
        known && each.role ? { ...known, role: each.role } : known,
        own.name,
        null,
      ),
    });
  }
  const kit = {
    name: own.name,
    sampleRate: own.sample_rate,
    pads: own.pads.map(pad => padOfFile(pad, id => ids.get(id) ?? null)),
    shapes: Object.fromEntries(
      Object.entries(own.shapes).flatMap(([id, shape]) => {
        const hit = ids.get(id);
        return hit ? [[hit, shapeOfFile(shape)] as const] : [];
      }),
    ),
  };
  return { kit, hits: [...hits.values()], files };
}

/** The path of a sound without what of it is played. */
const pathOf = (key: string): string => key.replace(/#\d+-\d*$/, '');

const hitOf = (read: KitSound, id: HitId, index: number, sourceId: string): Hit => ({
  id,
  index,
  onsetFrame: 0,
  startFrame: 0,
  frames: read.frames,
  flamFrames: null,
  gain: 1,
  velocity: 1,
  sampleRate: read.sampleRate,
  audio: read.file.sha256,
  name: null,
  sourceId,
  duplicates: [],
  judgement: null,
  quality: null,
  override: null,
});

/** How sure a kit's own word makes: its maker knew, but names lie at times. */
const SURE = 0.9;

/** What the kit says of a sound before what was heard in it; where it says nothing, what was heard. */
function judged(
  heard: Judgement | null,
  told: (Told & { readonly role?: Judgement['role'] }) | null,
  name: string,
  note: number | null,
): Judgement | null {
  if (!told) return heard;
  const role = told.role ?? INSTRUMENT_FACTS[told.instrument].role;
  const reason =
    told.by === 'name' || note === null
      ? `Its kit calls it ${name}`
      : `Note ${note} is this drum in General MIDI`;
  const rest = (1 - SURE) / 4;
  return {
    role,
    roleScores: { CORE: rest, ACCENT: rest, FILL: rest, MOTION: rest, TEXTURE: rest, [role]: SURE },
    instrument: told.instrument,
    instrumentScores: { [told.instrument]: SURE },
    reasons: [reason, ...(heard?.reasons ?? [])],
  };
}

/** The rate that most hits have. */
function usualRate(hits: readonly Hit[]): number {
  const counts = new Map<number, number>();
  for (const { sampleRate } of hits) counts.set(sampleRate, (counts.get(sampleRate) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 44_100;
}

const HATS: ReadonlySet<string> = new Set(['chh', 'phh', 'ohh']);

/** Choke groups that files number, called as kits here call theirs: "hat" where only hats are in it, else A, B, C. */
function namedChokes(pads: readonly Pad[]): Pad[] {
  const names = new Map<string, string>();
  const groups = [...new Set(pads.flatMap(({ choke }) => choke ?? []))].sort(compareText);
  let letters = 0;
  for (const group of groups) {
    const own = pads.filter(({ choke }) => choke === group);
    const isHat = own.every(({ instrument }) => HATS.has(instrument)) && ![...names.values()].includes('hat');
    names.set(
      group,
      isHat ? 'hat' : String.fromCodePoint(65 + (letters++ % 26)).repeat(1 + Math.floor((letters - 1) / 26)),
    );
  }
  return pads.map(pad => ({
    ...pad,
    choke: pad.choke === null ? null : (names.get(pad.choke) ?? pad.choke),
  }));
}

/**
 * Puts kits of one file with their hits into the library, all or nothing. Hits that are there already stay as they are; a kit that is there
 * already keeps what the user has changed in it since.
 */
export async function storeKits(
  library: Library,
  kits: readonly KitToStore[],
  heard: { readonly ear: string; readonly sounds: readonly Sound[] } | null,
  now: Date,
): Promise<readonly string[]> {
  const [first] = kits;
  if (!first) return [];
  return library.write(async at => {
    const { source } = first;
    const all = [...new Map(kits.flatMap(kit => kit.hits).map(hit => [hit.id, hit])).values()];
    const active = new Set((await at.sources.all()).map(stored => stored.source.id));
    const present = new Map((await at.hits.some(all.map(({ id }) => id))).map(hit => [hit.id, hit]));
    const own = all.filter(({ id }) => {
      const home = present.get(id)?.sourceId;
      return !home || home === source.id || !active.has(home);
    });
    await at.sources.put(source, now.toISOString());
    const former = await at.sources.files(source.id);
    const files = new Map(former.map(file => [`${file.path} ${file.hitId}`, file]));
    const paths = new Set(former.map(({ path }) => path));
    for (const kit of kits)
      for (const [id, { path, sha256 }] of kit.files) {
        if (former.some(file => file.hitId === id)) continue;
        let free = path;
        for (let number = 2; paths.has(free); number++) free = `${path} (${number})`;
        paths.add(free);
        files.set(`${free} ${id}`, { path: free, sha256, hitId: id });
      }
    await at.sources.putFiles(source.id, [...files.values()]);
    await at.hits.putLoose(own);
    if (heard) await at.sounds.put(heard.ear, heard.sounds);
    await at.sources.dropHits(source.id, await playedHits(at));
    await at.artefacts.holdOnly(`source:${source.id}`, await at.sources.audioOf(source.id));
    for (const { kitId, kit } of kits)
      if (!(await at.kits.one(kitId))) await at.kits.put({ id: kitId, ...kit }, now.toISOString());
    return kits.map(({ kitId }) => kitId);
  });
}
