import { resolve } from 'node:path';
import { type Ear, openBundledEar } from '#main/inference';
import { defaultPrompts } from '#main/pipeline/embed';
import { defaultRoleConfig } from '#main/pipeline/roles';
import {
  assess,
  measureForEar,
  measureSound,
  prepareHit,
  PromptListener,
  SpectrumMeter,
  textsOf,
} from '#shared/analysis';
import { INSTRUMENTS, ROLES_IN_ORDER } from '#shared/model';
import type { HitBook, SearchRequest } from '#shared/protocol';
import {
  openSoundLibrary,
  readText,
  SearchableBook,
  searchSounds,
  SoundIndex,
  type SoundLibrary,
} from '#shared/search';
import { isMeasured, judge, knownSound, type KnownSound, type Query, type Thresholds } from './shot-truth';
import type { KitShot } from './unseen-kits';

type Judged = ReturnType<typeof knownSound>;

/** Sounds of known names in a library as an import makes it, but for their names, which say nothing. */
export interface HeardShots {
  readonly library: SoundLibrary;
  readonly sounds: readonly Judged[];
  /** Of each sound, one after the other. */
  readonly vectors: Float32Array;
  /** Hits that measure as another of the same instrument does: a font's kits share samples. */
  readonly twins: number;
}

export async function openEar(): Promise<Ear> {
  const opened = await openBundledEar(resolve('native-models/drum-clap'));
  if (!opened.ok) throw new Error(opened.failure.code);
  return opened.value;
}

/** Hears the shots; of those that are one sound the first only. */
export async function hearShots(ear: Ear, shots: readonly KitShot[]): Promise<HeardShots> {
  const prompts = defaultPrompts();
  const listener = new PromptListener({ prompts, vectors: await ear.read(textsOf(prompts)), size: ear.size });
  const config = defaultRoleConfig();
  const meter = new SpectrumMeter();
  const sounds: Judged[] = [];
  const vectors: number[] = [];
  const measured: number[] = [];
  const rows: Row[] = [];
  let twins = 0;
  for (const shot of shots) {
    const hit = prepareHit(shot.audio);
    if (!hit) continue;
    const sound = knownSound(shot, measureForEar(hit, meter));
    if (sounds.some(other => isTwin(other, sound))) {
      twins++;
      continue;
    }
    const { vectors: vector, own } = await ear.hear([shot.audio]);
    const heard = listener.hear(vector, own[0] ?? null);
    const { judgement } = assess(shot.audio, config, { ear: heard, meter });
    const { brightness, decaySeconds, pitch, loudness } = measureSound(shot.audio, meter);
    sounds.push(sound);
    measured.push(...sound.measures);
    vectors.push(...vector);
    rows.push({
      role: ROLES_IN_ORDER.indexOf(judgement.role),
      instrument: INSTRUMENTS.indexOf(judgement.instrument),
      roleSure: judgement.roleScores[judgement.role],
      instrumentSure: judgement.instrumentScores[judgement.instrument] ?? 0,
      seconds: shot.audio.samples.length / shot.audio.sampleRate,
      brightness,
      decaySeconds,
      pitch: pitch ?? Number.NaN,
      loudness,
    });
  }
  const index = new SoundIndex(ear.size);
  index.append(Float32Array.from(vectors));
  const slots = Int32Array.from(rows.keys());
  const library = openSoundLibrary({
    book: new SearchableBook(bookOf(rows)),
    index,
    slots,
    measured: Float32Array.from(measured),
  });
  return { library, sounds, vectors: index.vectors, twins };
}

/** Nearer than this in all measures is one sound. */
const SAME = 0.01;
const isTwin = (one: Judged, other: Judged): boolean =>
  one.instrument === other.instrument &&
  one.measures.every((value, at) => Math.abs(value - (other.measures[at] ?? 0)) < SAME);

interface Row {
  readonly role: number;
  readonly instrument: number;
  readonly roleSure: number;
  readonly instrumentSure: number;
  readonly seconds: number;
  readonly brightness: number;
  readonly decaySeconds: number;
  readonly pitch: number;
  readonly loudness: number;
}

function bookOf(rows: readonly Row[]): HitBook {
  const count = rows.length;
  const reals = (of: (row: Row) => number): Float32Array => Float32Array.from(rows, of);
  const bytes = (of: (row: Row) => number): Uint8Array => Uint8Array.from(rows, of);
  const nowhere = (): Float32Array => new Float32Array(count).fill(Number.NaN);
  return {
    version: 1,
    ids: rows.map((_, at) => `hit-${at}`),
    names: rows.map((_, at) => `${at}`),
    audio: rows.map((_, at) => `${at}`),
    role: bytes(({ role }) => role),
    instrument: bytes(({ instrument }) => instrument),
    roleSure: bytes(({ roleSure }) => Math.round(255 * roleSure)),
    instrumentSure: bytes(({ instrumentSure }) => Math.round(255 * instrumentSure)),
    overridden: new Uint8Array(count),
    place: new Uint16Array(count),
    seconds: reals(({ seconds }) => seconds),
    brightness: reals(({ brightness }) => brightness),
    pitch: reals(({ pitch }) => pitch),
    decaySeconds: reals(({ decaySeconds }) => decaySeconds),
    loudness: reals(({ loudness }) => loudness),
    velocity: new Float32Array(count),
    x: nowhere(),
    y: nowhere(),
    favourite: new Uint8Array(count),
    tags: {},
    places: [{ kind: 'source', id: 'source', name: 'Kits' }],
  };
}

/** Rows by how well they fit a text, best first. */
export type Ranking = (text: string) => Promise<readonly number[]>;

/** As the program's searcher does it: reads the text, lets the ear read what it asks for, searches. */
export const programRanking =
  (ear: Ear, { library }: HeardShots): Ranking =>
  async text => {
    const { text: words } = readText(text);
    const vector = words === '' ? null : await ear.read([words]);
    return [...searchSounds(library, { request: requestOf(text, library.slots.length), text: vector }).rows];
  };

export const earRanking =
  (ear: Ear, { vectors, sounds }: HeardShots): Ranking =>
  async text => {
    const vector = await ear.read([text]);
    const likeness = sounds.map((_, row) =>
      vector.reduce((sum, value, at) => sum + value * (vectors[row * vector.length + at] ?? 0), 0),
    );
    return [...likeness.keys()].sort((a, b) => (likeness[b] ?? 0) - (likeness[a] ?? 0));
  };

const requestOf = (text: string, limit: number): SearchRequest => ({
  text,
  like: null,
  aspects: { timbre: 1, brightness: 0, length: 0, pitch: 0, loudness: 0 },
  roles: [],
  instruments: [],
  placeIds: [],
  favourites: false,
  tags: [],
  limit,
});

/** The ten best are judged; a query that fewer sounds fulfil says little. */
const TOP = 10;
const FEWEST_FITTING = 5;

export interface Recall {
  readonly query: Query;
  readonly isMeasured: boolean;
  /** How many sounds fulfil the query. */
  readonly fitting: number;
  /** Recall@10 with the sounds left out that nobody can judge, and with them counted as wrong. */
  readonly judged: number;
  readonly all: number;
}

/** Of the queries that enough sounds fulfil. */
export async function recallsOf(
  sounds: readonly KnownSound[],
  queries: readonly Query[],
  thresholds: Thresholds,
  rank: Ranking,
): Promise<Recall[]> {
  const recalls: Recall[] = [];
  for (const query of queries) {
    const verdicts = sounds.map(sound => judge(sound, query.needs, thresholds));
    const fitting = verdicts.filter(verdict => verdict === 'fits').length;
    if (fitting < FEWEST_FITTING) continue;
    const found = await rank(query.text);
    const share = (rows: readonly number[]): number =>
      rows.slice(0, TOP).filter(row => verdicts[row] === 'fits').length / Math.min(TOP, fitting);
    recalls.push({
      query,
      isMeasured: query.needs.some(isMeasured),
      fitting,
      judged: share(found.filter(row => verdicts[row] !== 'unjudged')),
      all: share(found),
    });
  }
  return recalls;
}
