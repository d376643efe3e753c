import type { Column } from './column';
import { TABLES, type TableName } from './tables';

/** The columns of a table as Markdown: in a dataset's card and in docs/formats.md, which a test compares. */
export function columnsPage(table: TableName): string {
  const columns: readonly Column[] = TABLES[table];
  const lines = columns.map(
    ({ name, type, nullable, of, meaning }) =>
      `| \`${name}\` | ${type}${nullable ? ' or null' : ''} | ${of === 'seed' ? '' : 'ours'} | ${meaning.replaceAll('|', '\\|')} |`,
  );
  return `| column | type | | meaning |\n|---|---|---|---|\n${lines.join('\n')}\n`;
}
