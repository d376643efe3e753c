import type { Gate } from './section';

/** A section as it stands in docs/figures.md. */
export interface WrittenSection {
  readonly title: string;
  /** Everything below the heading. */
  readonly body: string;
}

const GATES = 'Gates';
const HEAD = `# Figures

What the bundled models and the line reach, measured, and what is asked of them. Made by one command, \`BACKBEAT_DATA=... npm run figures\`, with the
development tracks of MDB Drums (evaluation only), the independent scripts of the evaluation folder and the benches of \`test/bench\`; it renews single
sections by their titles (\`npm run figures -- Separation Bleed\`). Nothing here is written by hand.`;

/** The sections of the document, the table of gates left out. */
export function parseDocument(text: string): WrittenSection[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map(part => {
      const end = part.indexOf('\n');
      return { title: part.slice(0, end).trim(), body: part.slice(end).trim() };
    })
    .filter(({ title }) => title !== GATES);
}

export function writeDocument(sections: readonly WrittenSection[]): string {
  const gates = sections.flatMap(({ body }) => gateLines(body));
  const all = [
    `## ${GATES}\n\n${GATE_HEAD}\n${gates.join('\n')}`,
    ...sections.map(({ title, body }) => `## ${title}\n\n${body}`),
  ];
  return `${HEAD}\n\n${all.join('\n\n')}\n`;
}

export const GATE_HEAD = '| gate | asked | found | |\n| --- | ---: | ---: | --- |';

export const gateLine = ({ what, asked, found, isMet }: Gate): string =>
  `| ${what} | ${asked} | ${found} | ${isMet ? 'met' : '**NOT met**'} |`;

/** The rows of a section's table of gates. */
export const gateLines = (body: string): string[] =>
  body.split('\n').filter(line => /\| (met|\*\*NOT met\*\*) \|$/.test(line));
