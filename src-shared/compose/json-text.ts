import type { GridEvent } from '../model';

/** An event grid as JSON, an event a line: short, and told apart line by line by `diff`. */
export const eventGridText = (events: readonly GridEvent[]): string =>
  events.length === 0 ? '[]\n' : `[\n${events.map(event => `  ${JSON.stringify(event)}`).join(',\n')}\n]\n`;

/** An object as JSON, a key a line, its values short. */
export const objectText = (value: Readonly<Record<string, unknown>>): string =>
  `{\n${Object.entries(value)
    .map(([key, member]) => `  ${JSON.stringify(key)}: ${JSON.stringify(member)}`)
    .join(',\n')}\n}\n`;
