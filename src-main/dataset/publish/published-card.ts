import { columnsPage, TABLE_NAMES } from '#shared/dataset';
import type { PublishLayout } from '#shared/protocol';
import { cardText } from '../storage/card';
import type { Totals } from '../storage/totals';
import { contentsOf, loadingOf } from './card-examples';
import type { LayoutConfig } from './layout-writer';
import type { DatasetSource } from './source';

/** What the card and Croissant tell of a layout. */
export interface LayoutFacts {
  readonly source: Pick<DatasetSource, 'meta' | 'splits' | 'sha256'>;
  readonly layout: PublishLayout;
  readonly configs: readonly LayoutConfig[];
  /** Of the samples that are in it. */
  readonly totals: Totals;
  /** `owner/name` on the hub; null while nobody knows. */
  readonly repo: string | null;
  /** Of the dataset, three numbers. */
  readonly version: string;
  /** Of the publication, year-month-day. */
  readonly date: string;
}

/** README.md of a published folder. */
export const publishedCard = ({ source, layout, configs, totals, repo }: LayoutFacts): string =>
  cardText(
    { meta: source.meta, splits: source.splits, totals },
    {
      configs,
      contents: contentsOf(layout),
      loading: loadingOf(layout, repo),
      tables: TABLE_NAMES.map(table => `### ${table}\n\n${columnsPage(table)}`).join('\n'),
    },
  );
