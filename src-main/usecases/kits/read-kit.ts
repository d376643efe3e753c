import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import type { FileRef, StageCaller } from '#main/jobs';
import { type KitSoundsInput, drumkitIn, openSf2 } from '#main/pipeline/kit-files';
import { Failed } from '#main/platform';
import type { Result } from '#shared/base';
import {
  type FormatFault,
  kitOfPreset,
  type KitDocument,
  readDrumkit,
  readDspreset,
  type ReadKit,
  readSfz,
  type Sf2Font,
  soundsOf,
  spanOfKey,
} from '#shared/kit-formats';
import { type KitFile, KitFileSchema } from '#shared/model';
import { type KitFormat, KIT_FORMAT_NAMES } from '#shared/protocol';
import { besideKit } from './beside';
import { isOpenDrumkit, type KitPlace } from './kit-place';

/** One kit of a file as it says of itself; its sounds are not read yet. */
export interface FoundKit {
  readonly index: number;
  readonly name: string;
  readonly isDrums: boolean;
  readonly author: string | null;
  readonly licence: string | null;
  /** Backbeat's own kit with nothing left out, or what another format holds. */
  readonly content: { readonly own: KitFile } | { readonly document: KitDocument };
  readonly remarks: readonly string[];
  /** Keys of its sounds. */
  readonly sounds: readonly string[];
}

export interface FoundKits {
  readonly place: KitPlace & { readonly format: KitFormat };
  readonly kits: readonly FoundKit[];
  /** The folder within an archive that its sounds' paths are relative to. */
  readonly inner: string;
}

/** Texts of kits are some thousand lines. */
const MOST_TEXT_BYTES = 16_000_000;

/** What kits a file holds. Throws `Failed`. */
export async function kitsIn(
  place: KitPlace & { readonly format: KitFormat },
  signal: AbortSignal,
): Promise<FoundKits> {
  const whole = (kits: readonly FoundKit[], inner = ''): FoundKits => ({ place, kits, inner });
  switch (place.format) {
    case 'wav':
      return whole([await ownKit(place)]);
    case 'sfz': {
      const find = besideKit(place.path);
      const include = (path: string): string | null => {
        const found = place.hasCompany ? find(path) : null;
        return found === null ? null : readFileSync(found, 'utf8');
      };
      return whole([found(place, readSfz(await textOf(place), place.name, include))]);
    }
    case 'decent':
      return whole([found(place, readDspreset(await textOf(place), place.name))]);
    case 'h2drumkit': {
      if (isOpenDrumkit(place)) return whole([found(place, readDrumkit(await textOf(place), place.name))]);
      const { text, folder } = await drumkitIn(place.path, signal);
      return whole([found(place, readDrumkit(text, place.name))], folder);
    }
    case 'sf2': {
      const file = await openSf2(place.path);
      try {
        return whole(presetsOf(place, file.font));
      } finally {
        await file.close();
      }
    }
  }
}

async function textOf({ path, format }: KitPlace & { readonly format: KitFormat }): Promise<string> {
  const { size } = await stat(path);
  if (size > MOST_TEXT_BYTES)
    throw badKit(path, format, [`it is ${Math.round(size / 1e6)} MB long, which no kit is`]);
  return readFile(path, 'utf8');
}

const badKit = (path: string, format: KitFormat, problems: readonly string[]): Failed =>
  new Failed({
    code: 'badFile',
    path,
    format: format === 'wav' ? 'kit of Backbeat' : `${KIT_FORMAT_NAMES[format]} kit`,
    problems: [...problems],
  });

function found(
  { path, format }: KitPlace & { readonly format: KitFormat },
  read: Result<ReadKit, FormatFault>,
): FoundKit {
  if (!read.ok) throw badKit(path, format, read.failure.problems);
  const { document, remarks } = read.value;
  return {
    index: 0,
    name: document.name,
    isDrums: true,
    author: document.author,
    licence: document.licence,
    content: { document },
    remarks,
    sounds: soundsOf(document),
  };
}

async function ownKit(place: KitPlace & { readonly format: KitFormat }): Promise<FoundKit> {
  let json: unknown;
  try {
    json = JSON.parse(await textOf(place));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw badKit(place.path, 'wav', [`it is not JSON: ${error.message}`]);
  }
  const parsed = KitFileSchema.safeParse(json);
  if (!parsed.success)
    throw badKit(
      place.path,
      'wav',
      parsed.error.issues.map(issue => `${issue.path.join('.') || 'the file'}: ${issue.message}`),
    );
  const own = parsed.data;
  return {
    index: 0,
    name: own.name,
    isDrums: true,
    author: own.author,
    licence: own.licence,
    content: { own },
    remarks: [],
    sounds: own.hits.map(({ file }) => file),
  };
}

/** Bank of percussion. */
const DRUMS = 128;

function presetsOf({ path }: KitPlace, font: Sf2Font): readonly FoundKit[] {
  const kits = font.presets.flatMap((preset, index): FoundKit[] => {
    const read = kitOfPreset(font, index);
    if (!read.ok) return [];
    const { document, remarks } = read.value;
    return [
      {
        index,
        name: document.name,
        isDrums: preset.bank === DRUMS,
        author: font.author,
        licence: font.licence,
        content: { document },
        remarks,
        sounds: soundsOf(document),
      },
    ];
  });
  if (kits.length > 0) return kits;
  const first = kitOfPreset(font, 0);
  throw badKit(path, 'sf2', first.ok ? [] : first.failure.problems);
}

/** What the stage that reads sounds takes, and which of them are not there. */
export async function soundsToRead(
  { place, inner }: Pick<FoundKits, 'place' | 'inner'>,
  keys: readonly string[],
  call: Pick<StageCaller, 'file'>,
): Promise<{ readonly input: KitSoundsInput; readonly missing: readonly string[] }> {
  if (place.format === 'sf2')
    return {
      input: { in: 'sf2', file: await call.file(place.path), sounds: keys.map(key => ({ key })) },
      missing: [],
    };
  if (place.format === 'h2drumkit' && !isOpenDrumkit(place)) {
    const sounds = keys.map(key => ({ key, path: posix.join(inner, key) }));
    return { input: { in: 'archive', file: await call.file(place.path), sounds }, missing: [] };
  }
  const find = place.hasCompany ? besideKit(place.path) : () => null;
  const missing: string[] = [];
  const sounds: { key: string; from: number; to: number | null; file: FileRef }[] = [];
  for (const key of keys) {
    const { path, from, to } =
      place.format === 'sfz' || place.format === 'decent' ? spanOfKey(key) : { path: key, from: 0, to: null };
    const file = find(path);
    if (file === null) missing.push(path);
    else sounds.push({ key, from, to, file: await call.file(file) });
  }
  return { input: { in: 'files', sounds }, missing };
}
