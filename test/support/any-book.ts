import { Random } from '#shared/base';
import { EAR_MEASURES, INSTRUMENT_FACTS, INSTRUMENTS, type Instrument, ROLES_IN_ORDER } from '#shared/model';
import type { HitBook } from '#shared/protocol';

/** Share of each instrument in a library of many songs and sample folders, and how such sounds measure. */
interface Kind {
  readonly share: number;
  /** Octaves above 100 Hz, and their spread. */
  readonly brightness: readonly [number, number];
  /** Median of the decay in seconds. */
  readonly decay: number;
  /** Octaves above 40 Hz; null for noise. */
  readonly pitch: number | null;
}

const KINDS: Readonly<Record<Instrument, Kind>> = {
  kick: { share: 20, brightness: [1.4, 0.6], decay: 0.18, pitch: 0.5 },
  snare: { share: 18, brightness: [4.4, 0.5], decay: 0.16, pitch: 2.2 },
  rim: { share: 3, brightness: [4.6, 0.5], decay: 0.06, pitch: 3.1 },
  clap: { share: 5, brightness: [4.2, 0.4], decay: 0.14, pitch: null },
  chh: { share: 18, brightness: [6.2, 0.4], decay: 0.05, pitch: null },
  phh: { share: 2, brightness: [5.9, 0.4], decay: 0.07, pitch: null },
  ohh: { share: 6, brightness: [6, 0.4], decay: 0.4, pitch: null },
  lt: { share: 3, brightness: [2, 0.5], decay: 0.4, pitch: 1.2 },
  mt: { share: 3, brightness: [2.4, 0.5], decay: 0.35, pitch: 1.6 },
  ht: { share: 3, brightness: [2.8, 0.5], decay: 0.3, pitch: 2 },
  crash: { share: 4, brightness: [5.8, 0.4], decay: 1.4, pitch: null },
  ride: { share: 4, brightness: [5.9, 0.4], decay: 0.9, pitch: null },
  perc: { share: 8, brightness: [4.5, 1], decay: 0.15, pitch: 3 },
  fx: { share: 3, brightness: [4, 1.4], decay: 1, pitch: null },
};

const WORDS = [
  'Deep',
  'Dusty',
  'Short',
  'Tape',
  'Room',
  'Vinyl',
  'Tight',
  'Wide',
  'Soft',
  'Ringing',
] as const;
const MAKERS = [
  'Analogue',
  'Basement',
  'Cellar',
  'Garage',
  'Harbour',
  'Lacquer',
  'Machine',
  'Ribbon',
] as const;
const TAGS = ['warm', 'verse', 'chorus', 'layer', 'keep', 'ünïcode'] as const;
const MOST_PLACES = 120;
const UNJUDGED = 255;
const LETTERS = '0123456789abcdef';

/** A library of `count` hits as the window and the searcher see it: equal numbers give equal books. */
export function anyBook(count: number, seed = 1): HitBook {
  const random = Random.ofSeed(seed).fork('book');
  const shares = INSTRUMENTS.map(instrument => KINDS[instrument].share);
  const places = anyPlaces(
    random.fork('places'),
    Math.max(1, Math.min(MOST_PLACES, Math.round(count / 250))),
  );
  const bytes = (): Uint8Array => new Uint8Array(count);
  const reals = (): Float32Array => new Float32Array(count);
  const columns = {
    role: bytes(),
    instrument: bytes(),
    roleSure: bytes(),
    instrumentSure: bytes(),
    overridden: bytes(),
    place: new Uint16Array(count),
    seconds: reals(),
    brightness: reals(),
    pitch: reals(),
    decaySeconds: reals(),
    loudness: reals(),
    velocity: reals(),
    x: reals(),
    y: reals(),
    favourite: bytes(),
  };
  const ids: string[] = [];
  const names: string[] = [];
  const audio: string[] = [];
  const tags: Record<string, string[]> = {};
  for (let row = 0; row < count; row++) {
    const which = random.weighted(shares);
    const instrument = INSTRUMENTS[which] ?? 'perc';
    const facts = INSTRUMENT_FACTS[instrument];
    const kind = KINDS[instrument];
    const place = random.below(places.length);
    const id = `hit-${hexOf(random, 16)}-${String(row).padStart(7, '0')}`;
    const isFromTrack = places[place]?.kind === 'track';
    ids.push(id);
    audio.push(hexOf(random, 64));
    names.push(
      isFromTrack
        ? `${facts.name} ${String(1 + random.below(900)).padStart(3, '0')}`
        : `${random.pick(WORDS)} ${facts.name} ${1 + random.below(40)}`,
    );
    const isJudged = random.chance(0.98);
    const isCertain = random.chance(0.9);
    const role = isCertain ? facts.role : random.pick(ROLES_IN_ORDER);
    columns.role[row] = isJudged ? ROLES_IN_ORDER.indexOf(role) : UNJUDGED;
    columns.instrument[row] = isJudged ? which : UNJUDGED;
    columns.roleSure[row] = isJudged ? Math.round(255 * random.between(isCertain ? 0.6 : 0.3, 1)) : 0;
    columns.instrumentSure[row] = isJudged ? Math.round(255 * random.between(0.3, 1)) : 0;
    columns.overridden[row] = random.chance(0.02) ? 1 : 0;
    columns.place[row] = place;
    const decay = kind.decay * Math.exp(random.normal(0, 0.5));
    columns.decaySeconds[row] = decay;
    columns.seconds[row] = Math.min(20, decay * random.between(1.2, 4) + 0.03);
    const brightness = random.normal(...kind.brightness);
    columns.brightness[row] = brightness;
    columns.pitch[row] = kind.pitch === null ? Number.NaN : kind.pitch + random.normal(0, 0.3);
    columns.loudness[row] = -6 - Math.abs(random.normal(0, 8));
    columns.velocity[row] = Math.min(1, Math.max(0.05, random.normal(0.7, 0.2)));
    const isPlaced = random.chance(0.995);
    const middle = (2 * Math.PI * which) / INSTRUMENTS.length;
    columns.x[row] = isPlaced ? onMap(0.5 + 0.32 * Math.cos(middle) + random.normal(0, 0.05)) : Number.NaN;
    columns.y[row] = isPlaced ? onMap(0.5 + 0.32 * Math.sin(middle) + 0.04 * (brightness - 4)) : Number.NaN;
    columns.favourite[row] = random.chance(0.03) ? 1 : 0;
    if (random.chance(0.04)) tags[id] = [random.pick(TAGS)];
  }
  return { version: 1, ids, names, audio, ...columns, tags, places };
}

const onMap = (value: number): number => Math.min(1, Math.max(0, value));

function hexOf(random: Random, length: number): string {
  let text = '';
  while (text.length < length) text += LETTERS[random.below(16)];
  return text;
}

function anyPlaces(random: Random, count: number): HitBook['places'] {
  return Array.from({ length: count }, (_, index) => {
    const kind = random.pick(['track', 'track', 'source', 'source', 'kit'] as const);
    const name = `${random.pick(MAKERS)} ${random.pick(WORDS)} ${index + 1}`;
    return { kind, id: `${kind}-${index}`, name };
  });
}

/** `EAR_MEASURES` of a book's hits, a row a hit: brightness, length, pitch and density by its columns, the rest alike in all. */
export function earMeasuresOf({ brightness, decaySeconds, pitch, loudness }: HitBook): Float32Array {
  return Float32Array.from({ length: brightness.length * EAR_MEASURES.length }, (_, at) => {
    const row = Math.floor(at / EAR_MEASURES.length);
    const octaves = pitch[row] ?? Number.NaN;
    const values = [
      brightness[row] ?? 0,
      Math.log2(1000 * (decaySeconds[row] ?? 0) + 2),
      -1,
      -1,
      1,
      2,
      Number.isNaN(octaves) ? 10 : Math.log2(40) + octaves,
      loudness[row] ?? 0,
    ];
    return values[at % EAR_MEASURES.length] ?? Number.NaN;
  });
}
