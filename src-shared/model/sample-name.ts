/** What the name of a sample's file says beside what it is called. */
export interface SampleName {
  /** Its words without those below, lower case: what the files of one drum have in common. */
  readonly base: string;
  /** How hard it was struck: a MIDI velocity, the number of a layer from soft to loud, or a word. */
  readonly velocity: { readonly is: 'number' | 'word'; readonly value: number } | null;
  /** Number among the takes of one velocity. */
  readonly roundRobin: number | null;
  /** MIDI note that it is meant for; middle C is C4. */
  readonly note: number | null;
}

/** Words for dynamics in order of loudness. */
const DYNAMICS: readonly (readonly string[])[] = [
  ['ppp', 'ghost', 'vsoft', 'softest'],
  ['pp'],
  ['p', 'piano', 'soft', 'quiet', 'low', 'light'],
  ['mp'],
  ['mf', 'medium', 'med', 'mid', 'normal'],
  ['f', 'forte', 'hard', 'loud', 'strong', 'high'],
  ['ff', 'vhard', 'hardest', 'loudest'],
  ['fff', 'accent', 'max'],
];
const LOUDNESS: ReadonlyMap<string, number> = new Map(
  DYNAMICS.flatMap((words, rank) => words.map(word => [word, rank] as const)),
);
/** Words for dynamics that name drums and registers at least as often, and count only beside another sign of layers. */
const DOUBTFUL: ReadonlySet<string> = new Set([
  'low',
  'mid',
  'high',
  'p',
  'f',
  'max',
  'light',
  'normal',
  'piano',
  'accent',
]);

const VELOCITY = /^(?:v|vel|velo|velocity|vl|lyr|layer|dyn)(\d{1,3})$/;
const ROUND_ROBIN = /^(?:rr|r|robin|alt|take|tk|var|seq)(\d{1,3})$/;
const NOTE_NUMBER = /^(?:n|note|key|midi|k)(\d{1,3})$/;
const NOTE_NAME = /^([a-g])(#|b|s)?(-?\d)$/;
const STEPS: Readonly<Record<string, number>> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 };
/** Prefixes that stand in a word of their own, before their number: "vel 127". */
const PREFIX = /^(?:v|vel|velo|velocity|vl|lyr|layer|dyn|rr|robin|alt|take|tk|note|key|midi)$/;

const HIGHEST = 127;

/** The last part of a path, without its extension. */
export const nameOfSample = (path: string): string => {
  const file = path.split(/[\\/]/).at(-1) ?? path;
  return file.replace(/\.[A-Za-z0-9]{1,5}$/, '').trim() || file;
};

/** Reads velocity, round robin and note out of the name of a file: "Snare_v3_rr2.wav", "Kick-C1-V127-R2", "sn_soft_02". */
export function parseSampleName(path: string): SampleName {
  const words = wordsOf(nameOfSample(path));
  const rest: string[] = [];
  let velocity: SampleName['velocity'] = null;
  let roundRobin: number | null = null;
  let note: number | null = null;
  for (const [index, word] of words.entries()) {
    const level = numberAfter(VELOCITY, word);
    const turn = numberAfter(ROUND_ROBIN, word);
    const key = numberAfter(NOTE_NUMBER, word) ?? (index > 0 ? noteOf(word) : null);
    const rank = index > 0 ? LOUDNESS.get(word) : undefined;
    if (level !== null && level <= HIGHEST) velocity = { is: 'number', value: level };
    else if (turn !== null) roundRobin = turn;
    else if (key !== null && key <= HIGHEST) note = key;
    else if (rank !== undefined && velocity === null && !DOUBTFUL.has(word))
      velocity = { is: 'word', value: rank };
    else rest.push(word);
  }
  return { base: rest.join(' '), velocity, roundRobin, note };
}

function wordsOf(name: string): string[] {
  const split = name
    .replace(/([a-z])(V|RR|R)(?=\d)/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_.,()[\]~+-]+/)
    .filter(word => word !== '');
  const words: string[] = [];
  for (let at = 0; at < split.length; at++) {
    const word = split[at] ?? '';
    const next = split[at + 1] ?? '';
    if (PREFIX.test(word) && /^\d{1,3}$/.test(next)) {
      words.push(word + next);
      at++;
    } else words.push(word);
  }
  return words;
}

const numberAfter = (pattern: RegExp, word: string): number | null => {
  const digits = pattern.exec(word)?.[1];
  return digits === undefined ? null : Number(digits);
};

function noteOf(word: string): number | null {
  const [, letter, sign, octave] = NOTE_NAME.exec(word) ?? [];
  if (letter === undefined || octave === undefined) return null;
  const step = (STEPS[letter] ?? 0) + (sign === '#' || sign === 's' ? 1 : sign === 'b' ? -1 : 0);
  const note = 12 * (Number(octave) + 1) + step;
  return note >= 0 ? note : null;
}

/** The files of one drum, soft to loud. */
export interface NamedLayers<Key> {
  /** What they have in common: their folder and words. */
  readonly base: string;
  /** `upTo` ascending, the last 127; the takes of a layer in the order of their numbers. */
  readonly layers: readonly { readonly upTo: number; readonly keys: readonly Key[] }[];
}

/** Numbers above this are MIDI velocities; up to it they count layers. */
const MOST_LAYERS = 24;

/**
 * Which files are velocity layers and round robins of one drum, by their names and folders. Files whose names say nothing of the kind, and
 * those that stand alone, are in no group.
 */
export function layersByName<Key>(
  files: readonly { readonly path: string; readonly key: Key }[],
): NamedLayers<Key>[] {
  const parsed = files.map(({ path, key }) => ({
    key,
    ...parseSampleName(path),
    folder: path.split(/[\\/]/).slice(0, -1).join('/'),
  }));
  const told = parsed.filter(({ velocity, roundRobin }) => velocity !== null || roundRobin !== null);
  const groups = Map.groupBy(
    told,
    ({ folder, base, note }) => `${folder}/${base}${note === null ? '' : ` ${note}`}`,
  );
  return [...groups].flatMap(([base, members]) =>
    members.length < 2 ? [] : [{ base, layers: layersOf(members) }],
  );
}

function layersOf<Key>(members: readonly (SampleName & { readonly key: Key })[]): NamedLayers<Key>['layers'] {
  const levels = Map.groupBy(members, ({ velocity }) => velocity?.value ?? HIGHEST);
  const values = [...levels.keys()].sort((a, b) => a - b);
  const isMidi = members.some(({ velocity }) => velocity?.is === 'number' && velocity.value > MOST_LAYERS);
  return values.map((value, rank) => ({
    upTo:
      rank === values.length - 1
        ? HIGHEST
        : isMidi
          ? Math.max(1, Math.min(HIGHEST - 1, value))
          : Math.round((HIGHEST * (rank + 1)) / values.length),
    keys: (levels.get(value) ?? [])
      .toSorted((a, b) => (a.roundRobin ?? 0) - (b.roundRobin ?? 0))
      .map(({ key }) => key),
  }));
}
