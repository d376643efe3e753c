/** What is asked of a figure, and what came out. */
export interface Gate {
  /** "song SDR, mean of 6 pairs, dB". */
  readonly what: string;
  /** ">= 7.6". */
  readonly asked: string;
  readonly found: string;
  readonly isMet: boolean;
}

export interface Figures {
  /** Markdown. */
  readonly text: string;
  readonly gates: readonly Gate[];
}

/** What sections work with. */
export interface Workplace {
  /** Folder of the real recordings and MIDI. */
  readonly data: string;
  /** Folder of its own, emptied afterwards; sections share what the commands made in it. */
  readonly folder: string;
  /** `backbeat ...`, with a library of its own that all sections share; answers what it printed. */
  backbeat(...args: readonly string[]): string;
  /** A script of the evaluation folder with `--json`; answers its JSON. */
  evaluate(script: string, ...args: readonly string[]): unknown;
  /** Any Python script of the project. */
  python(script: string, ...args: readonly string[]): string;
  /** `npm run bench -- NAME ...`; answers what it printed. */
  bench(name: string, ...args: readonly string[]): string;
}

/** A part of docs/figures.md. */
export interface Section {
  /** Its heading; also what `npm run figures -- TITLE` renews it by. */
  readonly title: string;
  /** The commands that give its figures, as a reader would type them. */
  readonly command: string;
  measure(workplace: Workplace): Figures | Promise<Figures>;
}

export const atLeast = (what: string, found: number, asked: number, digits = 2): Gate => ({
  what,
  asked: `>= ${asked}`,
  found: found.toFixed(digits),
  isMet: found >= asked,
});

export const atMost = (what: string, found: number, asked: number, digits = 2): Gate => ({
  what,
  asked: `<= ${asked}`,
  found: found.toFixed(digits),
  isMet: found <= asked,
});

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** What a command printed, as it was. */
export const printed = (text: string): string => `\`\`\`\n${text.trim()}\n\`\`\``;

export const shortName = (track: string): string => track.replace('MusicDelta_', '');

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
