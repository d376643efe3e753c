import { compareText, type Kit, meterText, type Pattern, type Role } from '../model';
import type { ExportOptions } from './export';
import type { Layer } from './generate';

/** What a name pattern can say, in the order in which screens offer it. */
export const NAME_VARIABLES = [
  'song',
  'pattern',
  'kit',
  'bpm',
  'meter',
  'bars',
  'layer',
  'role',
  'n',
] as const;
export type NameVariable = (typeof NAME_VARIABLES)[number];

/** One file of an export before it has its name. */
export interface NamelessFile {
  readonly kind: 'mix' | 'mp3' | 'stem' | 'midi' | 'licences';
  readonly layer: Layer;
  /** null: of all roles. */
  readonly role: Role | null;
  /** With its dot. */
  readonly extension: string;
}

export interface NamedFile extends NamelessFile {
  /** Relative to the export's folder, `/` between folders. */
  readonly name: string;
}

/** What is said of the whole export. */
export interface NameWords {
  readonly song: string;
  readonly pattern: string;
  readonly kit: string;
  readonly bpm: string;
  readonly meter: string;
  readonly bars: string;
}

export const nameWordsOf = (
  { patternName, songName }: { readonly patternName: string; readonly songName: string },
  pattern: Pattern,
  kit: Pick<Kit, 'name'>,
): NameWords => ({
  song: songName,
  pattern: patternName,
  kit: kit.name,
  bpm: String(Math.round(pattern.tempo * 100) / 100),
  meter: [...new Set(pattern.bars.map(meterText))].join('+'),
  bars: String(pattern.bars.length),
});

/** What some system forbids in names: separators, wildcards, quotes, control characters, bidirectional marks. */
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}\p{Co}]+/gu;
/** Devices of Windows, whatever their extension. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
/** A name is 255 bytes long at most on every system; this leaves room for what tells files apart, a number and an extension. */
const MOST_BYTES = 180;
const NAMELESS = 'groove';

/** "Verse A / take 2" as "verse-a-take-2": what a variable gives to a name. */
export const nameWord = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.+]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');

/** One part of a path that every file system takes as it is; empty when nothing is left of it. */
function safePart(text: string): string {
  const plain = text.normalize('NFC').replace(FORBIDDEN, '-');
  const tidy = shortened(plain.replace(/^[\s.]+/, '')).replace(/[\s.]+$/, '');
  return tidy.replace(DEVICES, '$1_');
}

function shortened(text: string): string {
  let short = '';
  let bytes = 0;
  for (const character of text) {
    bytes += bytesOf(character.codePointAt(0) ?? 0);
    if (bytes > MOST_BYTES) break;
    short += character;
  }
  return short;
}

/** In UTF-8. */
const bytesOf = (codePoint: number): number =>
  codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;

const wordOfRole = ({ kind, role }: NamelessFile): string =>
  role !== null ? role.toLowerCase() : kind === 'licences' ? 'LICENSES' : kind === 'midi' ? '' : 'mix';

/** Several layers are told apart by name, one goes without saying. */
function filled(part: string, words: NameWords, file: NamelessFile, layers: number, number: number): string {
  const value = (name: string): string => {
    if (name === 'layer') return layers > 1 && file.kind !== 'licences' ? file.layer : '';
    if (name === 'role') return wordOfRole(file);
    if (name === 'n') return String(number);
    return nameWord(words[name as keyof NameWords]);
  };
  const known = new RegExp(`\\{(${NAME_VARIABLES.join('|')})\\}`, 'g');
  // A variable that says nothing takes a separator with it.
  const text = part.replace(known, (_, name: string) => value(name) || '\0');
  return safePart(text.replace(/\0[-_ .]*/g, '').replace(/[-_ ]+$/, ''));
}

/** Variables in braces that there are not. */
export const unknownVariables = (naming: string): readonly string[] =>
  [...naming.matchAll(/\{([^{}]*)\}/g)].flatMap(([, name = '']) =>
    (NAME_VARIABLES as readonly string[]).includes(name) ? [] : [name],
  );

/** As file systems that do not tell cases apart see a name. */
const folded = (name: string): string => name.normalize('NFC').toLowerCase();

/**
 * Names of an export's files: of the first try (`number` 1) or, where names are taken, a later one. The number goes where the pattern says
 * `{n}`, else behind the folder's name, else behind every file's. Files that the pattern would call the same get their role, then their layer.
 */
export function namedFiles(
  naming: string,
  words: NameWords,
  files: readonly NamelessFile[],
  number: number,
): readonly NamedFile[] {
  const named = namesOf(naming, words, files, number, '');
  if (number === 1) return named;
  const first = namesOf(naming, words, files, 1, '').map(({ name }) => name);
  const isNew =
    takenNames(
      first,
      named.map(({ name }) => name),
    ).length === 0;
  // A long name lost the end that the number stood in.
  return isNew ? named : namesOf(naming, words, files, number, `_${number}`);
}

function namesOf(
  naming: string,
  words: NameWords,
  files: readonly NamelessFile[],
  number: number,
  ending: string,
): readonly NamedFile[] {
  const layers = new Set(files.map(({ layer }) => layer)).size;
  const parts = naming.split(/[\\/]/);
  const [folderParts, filePart] = [parts.slice(0, -1), parts.at(-1) ?? ''];
  const hasFolder = folderParts.length > 0;
  const suffix = number > 1 ? `_${number}` : '';
  const folderSuffix = naming.includes('{n}') ? '' : suffix;
  const fileSuffix = hasFolder || naming.includes('{n}') ? '' : suffix;
  // What `{n}` tells apart in the files' names, the licences' name must too.
  const licencesSuffix = filePart.includes('{n}') ? suffix : '';
  const folders = folderParts.flatMap((part, index) => {
    const [anyFile] = files;
    if (!anyFile) return [];
    // All files lie in one folder, so its name says nothing of a single one.
    const plain = part.replaceAll('{role}', '').replaceAll('{layer}', '');
    const name = filled(plain, words, anyFile, layers, number) || (index === 0 ? NAMELESS : '');
    return name === '' ? [] : [index === 0 ? `${name}${folderSuffix}` : name];
  });
  const stemOf = (file: NamelessFile, more: readonly string[]): string => {
    if (file.kind === 'licences' && hasFolder) return `LICENSES${licencesSuffix}`;
    const base = filled(filePart, words, file, layers, number) || NAMELESS;
    const own = file.kind === 'licences' && !base.includes('LICENSES') ? [base, 'LICENSES'] : [base, ...more];
    return `${own.filter(Boolean).join('_')}${fileSuffix}`;
  };
  const pathOf = (file: NamelessFile, more: readonly string[]): string =>
    [...folders, `${stemOf(file, more)}${ending}${file.extension}`].join('/');
  const ways: readonly ((file: NamelessFile) => readonly string[])[] = [
    () => [],
    file => [wordOfRole(file)],
    file => [file.layer, wordOfRole(file)],
  ];
  const way = ways.find(more => isUnique(files.map(file => pathOf(file, more(file))))) ?? ways[2];
  return files.map(file => ({ ...file, name: pathOf(file, way?.(file) ?? []) }));
}

const isUnique = (names: readonly string[]): boolean => new Set(names.map(folded)).size === names.length;

/** Those of `names` that `present` has, however they are written. */
export function takenNames(names: readonly string[], present: readonly string[]): readonly string[] {
  const all = new Set(present.map(folded));
  return names.filter(name => all.has(folded(name))).sort(compareText);
}

/** The files that `options` ask for; `rolesOf` gives the roles that sound in a layer and those that are written in it. */
export function filesOf(
  options: Pick<ExportOptions, 'mix' | 'mp3Copy' | 'stems' | 'midi' | 'midiType' | 'layers' | 'format'>,
  rolesOf: (layer: Layer) => { readonly sounding: readonly Role[]; readonly written: readonly Role[] },
): readonly NamelessFile[] {
  const { mix, mp3Copy, stems, midi, midiType, layers, format } = options;
  const files = layers.flatMap((layer): NamelessFile[] => {
    const { sounding, written } = rolesOf(layer);
    const extension = `.${format}`;
    return [
      ...(mix ? [{ kind: 'mix' as const, layer, role: null, extension }] : []),
      ...(mp3Copy && !(mix && format === 'mp3')
        ? [{ kind: 'mp3' as const, layer, role: null, extension: '.mp3' }]
        : []),
      ...(stems === 'none' ? [] : sounding.map(role => ({ kind: 'stem' as const, layer, role, extension }))),
      ...(!midi
        ? []
        : midiType === 'by-role'
          ? written.map(role => ({ kind: 'midi' as const, layer, role, extension: '.mid' }))
          : [{ kind: 'midi' as const, layer, role: null, extension: '.mid' }]),
    ];
  });
  const [first] = layers;
  return files.length === 0 || first === undefined
    ? []
    : [...files, { kind: 'licences', layer: first, role: null, extension: '.json' }];
}
