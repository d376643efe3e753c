import type { SampleSource } from './sample-source';

const CREATIVE_COMMONS = /\bcc[ -]?(by(?:[ -](?:nc|sa|nd))*)(?:[ -]?(?:v|version )?([1-4]\.\d))?/i;
const IN_WORDS =
  /creative commons attribution((?:[ -](?:non-?commercial|share-?alike|no-?deriv\w*))*)(?: (?:v|version )?([1-4]\.\d))?/i;

/** Licences by what their texts say, the first that fits. */
const KNOWN: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/SPDX-License-Identifier:\s*([\w.+-]+)/i, match => match[1] ?? ''],
  [/\bcc[ -]?0\b|creative commons zero|creativecommons\.org\/publicdomain\/zero/i, () => 'CC0-1.0'],
  [
    /creativecommons\.org\/licenses\/([a-z-]+)\/([1-4]\.\d)/i,
    match => `CC-${(match[1] ?? '').toUpperCase()}-${match[2] ?? ''}`,
  ],
  [
    IN_WORDS,
    match => {
      const terms = (match[1] ?? '').toLowerCase();
      const letters = [
        ...(terms.includes('commercial') ? ['NC'] : []),
        ...(/share/.test(terms) ? ['SA'] : []),
        ...(/deriv/.test(terms) ? ['ND'] : []),
      ];
      return ['CC-BY', ...letters, ...(match[2] ? [match[2]] : [])].join('-');
    },
  ],
  [
    CREATIVE_COMMONS,
    match =>
      `CC-${(match[1] ?? '').toUpperCase().replaceAll(' ', '-')}${match[2] === undefined ? '' : `-${match[2]}`}`,
  ],
  [/\bunlicen[cs]e\b|this is free and unencumbered software/i, () => 'Unlicense'],
  [/do what the f\w+ you want/i, () => 'WTFPL'],
  [/\bMIT licen[cs]e\b|permission is hereby granted, free of charge/i, () => 'MIT'],
  [/GNU general public licen[cs]e|\bGPL[ -]?v?[23]/i, () => 'GPL'],
  [/\bpublic domain\b/i, () => 'Public domain'],
  [/royalty[ -]free/i, () => 'Royalty-free, as its maker says'],
  [/all rights reserved/i, () => 'All rights reserved'],
];

const AUTHORS: readonly RegExp[] = [
  /^\W*(?:author|artist|creator|credit|attribution|maker)s?\s*[:=]\s*(.+)$/im,
  /(?:copyright|\(c\)|©)[ \t]*(?:\(c\)|©)?[ \t]*(?:\d{4}(?:[ \t]*[-–,][ \t]*\d{4})*)?[ \t]*,?[ \t]*(?:by[ \t]+)?(.+)$/im,
  /\b(?:created|recorded|made|produced|sampled|programmed|designed)[ \t]+(?:and[ \t]+\w+[ \t]+)?by[ \t]+(.+)$/im,
];
const LONGEST_NAME = 80;

/** Whose samples are, as the text of a licence or of a read-me says; null where it says nothing that is understood. */
export function statedRights(text: string): Pick<SampleSource, 'licence' | 'author'> {
  let licence: string | null = null;
  for (const [pattern, name] of KNOWN) {
    const match = pattern.exec(text);
    if (!match) continue;
    licence = name(match);
    break;
  }
  const author = AUTHORS.map(pattern => cleaned(pattern.exec(text)?.[1])).find(name => name !== null);
  return { licence, author: author ?? null };
}

/** A name at the begin of a line's rest: up to the end of its sentence, without marks and addresses. */
function cleaned(rest: string | undefined): string | null {
  const name = (rest ?? '')
    .replace(/<[^>]*>|\([^)]*\)|https?:\S+/g, ' ')
    .split(/(?:\.\s|\s[-–|]\s|;|,? all rights|\bunder\b|\bin \d{4}|\bhttp)/i)[0]
    ?.replace(/[*_#`"]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[\s.,:]+$/, '')
    .trim();
  return name && name.length <= LONGEST_NAME && /\p{L}/u.test(name) ? name : null;
}
