import { fail, ok, type Result } from '../base';
import type { FormatFault } from './document';

/** A header of an SFZ file and the opcodes that stand under it, in order. */
export interface SfzSection {
  readonly header: string;
  readonly opcodes: ReadonlyMap<string, string>;
}

/** Includes in includes, and all text together: more is a trap, not a kit. */
const MOST_DEPTH = 10;
const MOST_CHARACTERS = 32_000_000;
const MOST_SECTIONS = 200_000;

/** `include` answers the text of a file named in `#include`, null where there is none. */
export type Include = (path: string) => string | null;

/** The sections of an SFZ text after comments, `#include` and `#define`. */
export function sfzSections(text: string, include: Include): Result<readonly SfzSection[], FormatFault> {
  const reading: Reading = { defines: new Map(), characters: 0, sections: [], include };
  const fault = read(text, 0, reading);
  return fault === null ? ok(reading.sections) : fail({ problems: [fault] });
}

interface Reading {
  readonly defines: Map<string, string>;
  characters: number;
  readonly sections: { readonly header: string; readonly opcodes: Map<string, string> }[];
  readonly include: Include;
}

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ').replace(/(^|\s)\/\/[^\r\n]*/g, '$1');

function read(text: string, depth: number, reading: Reading): string | null {
  if (depth > MOST_DEPTH) return `files include each other more than ${MOST_DEPTH} deep`;
  reading.characters += text.length;
  if (reading.characters > MOST_CHARACTERS) return 'with what it includes it is longer than 32 MB';
  for (const line of withoutComments(text).split(/\r\n|\r|\n/)) {
    const [, path] = /^\s*#include\s+"([^"]*)"/.exec(line) ?? [];
    const [, name, value] = /^\s*#define\s+(\$\w+)\s+(\S+)/.exec(line) ?? [];
    if (path !== undefined) {
      const included = reading.include(expanded(path, reading.defines));
      if (included === null) return `it includes ${path}, which is not there`;
      const fault = read(included, depth + 1, reading);
      if (fault !== null) return fault;
    } else if (name !== undefined && value !== undefined) {
      reading.defines.set(name, value);
    } else takeLine(expanded(line, reading.defines), reading);
    if (reading.sections.length > MOST_SECTIONS) return `it has more than ${MOST_SECTIONS} sections`;
  }
  return null;
}

/** With `$NAME`s filled in, the longest name that fits first, as players do. */
function expanded(text: string, defines: ReadonlyMap<string, string>): string {
  if (defines.size === 0 || !text.includes('$')) return text;
  return text.replace(/\$\w+/g, found => {
    for (let length = found.length; length > 1; length--) {
      const value = defines.get(found.slice(0, length));
      if (value !== undefined) return value + found.slice(length);
    }
    return found;
  });
}

/** An opcode's value reaches to the next opcode or header: names of samples hold spaces. */
const TOKEN = /<(\w+)>|([A-Za-z_]\w*)=((?:(?!\s+[A-Za-z_]\w*=)(?!\s*<\w+>).)*)/g;

function takeLine(line: string, { sections }: Reading): void {
  for (const [, header, name, value = ''] of line.matchAll(TOKEN)) {
    if (header !== undefined) sections.push({ header: header.toLowerCase(), opcodes: new Map() });
    else if (name !== undefined) sections.at(-1)?.opcodes.set(name.toLowerCase(), value.trim());
  }
}
