import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { attempt } from '#main/platform';
import { fail, invariant, ok, type Result } from '#shared/base';
import {
  GENERATION_PRESETS,
  type GenerationConfig,
  GenerationConfigSchema,
  type GenerationPreset,
  mistakesOf,
  type ResourceKind,
} from '#shared/dataset';
import type { Failure } from '#shared/protocol';
import { FILE_KEYS, PATH_KEYS } from './file-keys';

/** A file or folder that a configuration names. */
export interface GivenFile {
  readonly kind: ResourceKind;
  readonly path: string;
}

/** What a configuration file says, or flags alone. */
export interface ReadConfig {
  readonly config: GenerationConfig;
  readonly files: readonly GivenFile[];
  readonly rest: {
    readonly preset: GenerationPreset | null;
    readonly name: string | null;
    /** The dataset's folder. */
    readonly out: string | null;
    readonly workers: number | null;
    readonly verbose: boolean;
  };
}

export interface GivenConfig {
  /** A YAML file; null for flags alone. */
  readonly path: string | null;
  /** Wins over the file's. */
  readonly preset?: GenerationPreset | null;
  /** Win over the file, as that does over the preset. */
  readonly flags?: Partial<z.input<typeof GenerationConfigSchema>>;
}

/** All that a configuration file may say. */
export const ConfigFileSchema = GenerationConfigSchema.safeExtend(FILE_KEYS);
type ConfigFile = z.output<typeof ConfigFileSchema>;

/**
 * The configuration of a file and of flags. Everything that is wrong is told at once, each in a sentence with key, value and what is allowed, and
 * with its line where it stands in the file. Paths in a file are from its folder.
 */
export async function readDatasetConfig({
  path,
  preset = null,
  flags: given = {},
}: GivenConfig): Promise<Result<ReadConfig, Failure>> {
  const read = path === null ? ok(NOTHING_WRITTEN) : await readYaml(path);
  if (!read.ok) return read;
  const { written, lineOf } = read.value;
  // A flag that was not given says nothing.
  const flags = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const chosen = preset ?? presetOf(written);
  const whole = { ...(chosen ? GENERATION_PRESETS[chosen] : {}), ...written, ...flags };
  const parsed = ConfigFileSchema.safeParse(whole);
  if (!parsed.success) {
    const mistakes = mistakesOf(ConfigFileSchema, whole);
    const [first] = mistakes;
    invariant(first, 'a configuration that is refused has a mistake');
    if (path === null)
      return fail({ code: 'badOption', option: first.key, value: first.value, wanted: first.wanted });
    const problems = mistakes
      .map(({ path: where, sentence }) => ({
        line: String(where[0]) in flags ? null : lineOf(where),
        sentence,
      }))
      .sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
      .map(({ line, sentence }) => (line === null ? sentence : `line ${line}: ${sentence}`));
    return fail({ code: 'badFile', path, format: CONFIG_FORMAT, problems });
  }
  return ok(partsOf(parsed.data, path, chosen));
}

const CONFIG_FORMAT = 'configuration of a dataset';

interface Written {
  readonly written: Readonly<Record<string, unknown>>;
  /** Of a key or of what stands nearest above it. */
  readonly lineOf: (path: readonly PropertyKey[]) => number | null;
}

const NOTHING_WRITTEN: Written = { written: {}, lineOf: () => null };

async function readYaml(path: string): Promise<Result<Written, Failure>> {
  const text = await attempt(path, () => readFile(path, 'utf8'));
  if (!text.ok) return text;
  const bad = (problems: string[]) =>
    fail({ code: 'badFile' as const, path, format: CONFIG_FORMAT, problems });
  const lines = new LineCounter();
  const document = parseDocument(text.value, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0)
    return bad(
      document.errors.map(({ message, pos: [at] }) => {
        const { line, col } = lines.linePos(at);
        return `line ${line}, column ${col}: ${message}`;
      }),
    );
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return bad([`its aliases cannot be followed: ${error.message}`]);
  }
  if (content === null) return ok(NOTHING_WRITTEN);
  if (typeof content !== 'object' || Array.isArray(content))
    return bad(['line 1: it must be a mapping of keys to values, like "seed: 42"']);
  return ok({
    written: withPlainNames({ ...content }),
    lineOf: where => lineIn(document, lines, where),
  });
}

function lineIn(document: Document, lines: LineCounter, where: readonly PropertyKey[]): number | null {
  for (let length = where.length; length > 0; length--) {
    const node: unknown = document.getIn(where.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
      return lines.linePos(Number(node.range[0])).line;
  }
  return null;
}

/** The seed writes the names of presets in capitals. */
function withPlainNames(written: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const presets = written['augmentation_presets'];
  if (!Array.isArray(presets)) return { ...written };
  return {
    ...written,
    augmentation_presets: presets.map((name: unknown) =>
      typeof name === 'string' ? name.toLowerCase() : name,
    ),
  };
}

function presetOf({ preset }: Readonly<Record<string, unknown>>): GenerationPreset | null {
  const known = FILE_KEYS.preset.safeParse(preset);
  return known.success ? (known.data ?? null) : null;
}

function partsOf(file: ConfigFile, path: string | null, preset: GenerationPreset | null): ReadConfig {
  const from = (given: string): string => {
    const whole = given.startsWith('~/') ? join(homedir(), given.slice(2)) : given;
    return path === null ? whole : resolve(dirname(path), whole);
  };
  const files = (Object.keys(PATH_KEYS) as (keyof typeof PATH_KEYS)[]).flatMap(key =>
    [file[key] ?? []].flat().map(given => ({ kind: PATH_KEYS[key], path: from(given) })),
  );
  const config = Object.fromEntries(
    Object.entries(file).filter(([key]) => !Object.hasOwn(FILE_KEYS, key)),
  ) as unknown as GenerationConfig;
  return {
    config,
    files,
    rest: {
      preset,
      name: file.name ?? null,
      out: file.output_dir === undefined ? null : from(file.output_dir),
      workers: file.workers ?? null,
      verbose: file.verbose ?? false,
    },
  };
}
