import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { columnsPage, isCellOf, TABLE_NAMES, TABLES } from '#shared/dataset';

describe('the columns of a dataset', () => {
  it.each(TABLE_NAMES)('stand in docs/formats.md as they are: %s', table => {
    expect(readFileSync('docs/formats.md', 'utf8')).toContain(`### ${table}\n\n${columnsPage(table)}`);
  });

  it('have a meaning each, and no name twice', () => {
    for (const table of TABLE_NAMES) {
      expect(TABLES[table].filter(({ meaning }) => meaning === '')).toEqual([]);
      expect(new Set(TABLES[table].map(({ name }) => name)).size).toBe(TABLES[table].length);
    }
  });

  it.each([
    ['integer', 1.5],
    ['integer', 2 ** 31],
    ['double', Number.NaN],
    ['double', Infinity],
    ['text', 3],
    ['boolean', 1],
    ['doubles', [1, Number.NaN]],
    ['double', null],
  ] as const)('as %s take no %s', (type, cell) => {
    const column = { name: 'any', type, nullable: false, of: 'seed', meaning: 'any' } as const;
    expect(isCellOf(column, cell)).toBe(false);
    expect(isCellOf({ ...column, nullable: true }, null)).toBe(true);
  });
});
