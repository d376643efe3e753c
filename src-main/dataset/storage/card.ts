import {
  columnsPage,
  SPLITS,
  type SplitLists,
  type SplitName,
  TABLE_NAMES,
  TABLES,
  type TableName,
} from '#shared/dataset';
import { type CardConfig, cardHead } from './card-head';
import { datasheet } from './datasheet';
import type { DatasetMeta } from './meta';
import { cardFeatures } from './parquet-table';
import type { Totals } from './totals';

export interface CardFacts {
  readonly meta: DatasetMeta;
  readonly rows: Readonly<Record<TableName, number>>;
  /** Of each table, packed and unpacked. */
  readonly files: Readonly<Record<TableName, { readonly bytes: number; readonly rawBytes: number }>>;
  readonly totals: Totals;
  readonly splits: Readonly<Record<SplitName, SplitLists | null>>;
}

/** How a dataset's files lie: what its card says of them. */
export interface CardPlan {
  readonly configs: readonly CardConfig[];
  /** The files, a line each. */
  readonly contents: string;
  /** Tables whose columns are told. */
  readonly tables: string;
  /** Examples that run as they stand, from the folder of the card. */
  readonly loading: string;
}

/** The card of a dataset as it is generated. */
export const cardOf = ({ rows, files, ...facts }: CardFacts): string =>
  cardText(facts, {
    configs: TABLE_NAMES.map(name => ({
      name,
      features: cardFeatures(TABLES[name]),
      files: { train: [`labels/${name}.parquet`] },
      splits: { train: { rows: rows[name], ...files[name] } },
    })),
    contents: CONTENTS,
    tables: TABLE_NAMES.map(table => `### ${table} (${rows[table]} rows)\n\n${columnsPage(table)}`).join(
      '\n',
    ),
    loading: LOADING,
  });

/** A card: a head for machines, then what it holds, how to read it, how it was made, what it is not. */
export const cardText = (facts: Pick<CardFacts, 'meta' | 'totals' | 'splits'>, plan: CardPlan): string =>
  [
    cardHead(facts.meta, {
      samples: facts.totals.samples,
      hasAudio: facts.totals.recordings > 0,
      configs: plan.configs,
    }),
    about(facts, plan.contents),
    `## Tables

Columns marked "ours" stand beside those of the published schema. \`json\` is text.

${plan.tables}`,
    `## Loading

${plan.loading}`,
    splitsSection(facts.splits),
    origin(facts.meta),
    datasheet(facts.meta, facts.totals),
  ].join('\n');

function about({ meta, totals }: Pick<CardFacts, 'meta' | 'totals'>, contents: string): string {
  const tiers = Object.entries(totals.by('skill_tier')).map(([tier, count]) => `${count} ${tier}`);
  const kits = Object.entries(totals.by('soundfont')).map(([kit, count]) => `${kit} (${count})`);
  return `# ${meta.title}

${totals.samples} synthetic drum performances, ${(totals.seconds / 3600).toFixed(2)} hours, ${Object.keys(totals.by('rudiment_slug')).length} figures at ${totals.samples === 0 ? 0 : `${totals.lowestTempo} to ${totals.highestTempo}`} BPM: MIDI, ${totals.recordings === 0 ? 'no audio' : `audio of ${totals.recordings}`}, and labels of every stroke, beat,
measure and exercise. Players by tier: ${tiers.join(', ')}. Kits: ${kits.join(', ')}.

${contents}
`;
}

const CONTENTS = `- \`midi/{figure}/{sample_id}.mid\`: General MIDI channel 10, 960 ticks a quarter.
- \`audio/{figure}/{sample_id}.flac\`: 44.1 kHz, 24 bit.
- \`labels/*.parquet\`: the tables below, joined by \`sample_id\`.
- \`index.json\`: where each sample's rows are; \`splits.json\`: lists of ids; \`manifest.json\`: SHA-256 of every file.`;

/** Examples that run as they stand, from the dataset's folder; the tests run the second. */
const LOADING = `Python (\`pip install pandas pyarrow soundfile\`):

\`\`\`python
import json
import pandas as pd
import soundfile as sf

samples = pd.read_parquet("labels/samples.parquet")
strokes = pd.read_parquet("labels/strokes.parquet")
splits = json.load(open("splits.json"))["splits"]["by_profile"]

train = samples[samples.sample_id.isin(splits["train"])]
first = train.iloc[0]
own = strokes[strokes.sample_id == first.sample_id]
print(first.sample_id, len(own), own.timing_error_ms.abs().mean())
if isinstance(first.audio_path, str):
    audio, rate = sf.read(first.audio_path)
    print(audio.shape, rate)
\`\`\`

With \`datasets\`: \`load_dataset("path/to/this/folder", "strokes")\`.

TypeScript (\`npm install hyparquet\`):

\`\`\`typescript
import { readFile } from 'node:fs/promises';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';

const read = async (table: string, rowStart?: number, rowEnd?: number) =>
  parquetReadObjects({ file: await asyncBufferFromFile(\`labels/\${table}.parquet\`), rowStart, rowEnd });
const index = JSON.parse(await readFile('index.json', 'utf8'));
const { splits } = JSON.parse(await readFile('splits.json', 'utf8'));

const inTraining = new Set(splits.by_profile.train);
const samples = await read('samples');
const first = samples.find(sample => inTraining.has(sample.sample_id));
if (first) {
  const [start, end] = index.samples[first.sample_id].strokes;
  const strokes = await read('strokes', start, end);
  const error = strokes.reduce((sum, stroke) => sum + Math.abs(stroke.timing_error_ms), 0) / strokes.length;
  console.log(first.sample_id, strokes.length, error);
}
\`\`\`
`;

function splitsSection(splits: CardFacts['splits']): string {
  const lines = Object.entries(splits).map(([name, list]) =>
    list
      ? `| \`${name}\` | ${SPLITS.map(split => list[split].length).join(' | ')} | ${list.left_out} |`
      : `| \`${name}\` | - | - | - | all |`,
  );
  return `## Splits

No list shares a player with another, and so no performance and no recording of one. \`by_kit\`, \`by_rudiment\` and \`by_room\` share none of those either; samples
whose player and kit fell into different lists are left out. Players are parted so that each tier keeps its share. A split without numbers has not two groups to part.

| split | train | validation | test | left out |
|---|---|---|---|---|
${lines.join('\n')}
`;
}

function origin({ generator, engine, seed }: DatasetMeta): string {
  return `## Origin

Made by ${generator.name} ${generator.version} (Node ${engine.node}, V8 ${engine.v8}) from seed ${seed}; \`manifest.json\` holds the configuration. The same version, engine and
configuration make the same bytes. \`recipe_json\` and \`augmentation_json\` of a row are all that its audio follows from.
`;
}
