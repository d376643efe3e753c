import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { fail, ok, type Result } from '../base';
import type { FormatFault } from './document';

/** An element as it stands: its name, attributes, text and children in order. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Element[];
}

/** Kits have thousands of elements, not millions. */
const MOST_CHARACTERS = 64_000_000;

const OPTIONS = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
} as const;

/** The root element of an XML text. Texts that declare entities of their own are refused: they can grow without bounds. */
export function parseXml(text: string): Result<Element, FormatFault> {
  const bad = (problem: string) => fail({ problems: [problem] });
  if (text.length > MOST_CHARACTERS) return bad('it is longer than 64 MB');
  if (/<!DOCTYPE[^>]*\[|<!ENTITY/i.test(text)) return bad('it declares entities, which kits have no use for');
  const plain = text.replace(/^\uFEFF/, '');
  const checked = XMLValidator.validate(plain);
  if (checked !== true) return bad(`line ${checked.err.line}: ${checked.err.msg}`);
  const [root] = elementsOf(new XMLParser(OPTIONS).parse(plain));
  return root ? ok(root) : bad('it has no element');
}

function elementsOf(nodes: unknown): Element[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: unknown): Element[] => {
    if (typeof node !== 'object' || node === null) return [];
    const { ':@': attributes, ...rest } = node as Record<string, unknown>;
    const [entry] = Object.entries(rest);
    if (!entry || entry[0].startsWith('#') || entry[0].startsWith('?')) return [];
    const [name, children] = entry;
    const parts: unknown[] = Array.isArray(children) ? children : [];
    const text = parts
      .flatMap(part =>
        typeof part === 'object' && part !== null && '#text' in part ? [String(part['#text'])] : [],
      )
      .join('');
    return [
      {
        name: name.replace(/^.*:/, ''),
        attributes: textsOf(attributes),
        text: text.trim(),
        children: elementsOf(parts),
      },
    ];
  });
}

const textsOf = (attributes: unknown): Record<string, string> =>
  typeof attributes === 'object' && attributes !== null
    ? Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)]))
    : {};

export const childrenOf = ({ children }: Element, name: string): readonly Element[] =>
  children.filter(child => child.name === name);

/** The text of the first child of that name; null when there is none or it is empty. */
export const textOf = (element: Element, name: string): string | null =>
  childrenOf(element, name)[0]?.text || null;

export const numberIn = (text: string | null | undefined, otherwise: number): number => {
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) ? value : otherwise;
};

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text as it may stand in XML 1.0, which knows no control characters. */
export const xmlText = (text: string): string =>
  text.replace(/[^\t\n\r\x20-\uFFFD]/g, '').replace(/[&<>"]/g, character => ESCAPES[character] ?? character);
