import { SPLITS, type Split } from '#shared/dataset';
import { LabelTables } from './label-tables';
import type { LayoutFiles } from './layout-files';
import { BySplit, type LayoutConfig, type LayoutWriter } from './layout-writer';
import { PayloadTable, payloadCardFeatures, sampleBytes } from './payload-table';
import { Shards } from './shards';
import type { SourceSample } from './source';

/** What the hub's viewer and converter like best. */
const SHARD_BYTES = 500_000_000;

/** Samples as Parquet with the bytes of audio and MIDI in it: `data/train-00000-of-00003.parquet`. */
export class ParquetLayout implements LayoutWriter {
  readonly #files: LayoutFiles;
  readonly #hasAudio: boolean;
  readonly #shards: BySplit<Shards<SourceSample>>;
  readonly #labels: LabelTables;

  constructor(
    files: LayoutFiles,
    { hasAudio, shardBytes = SHARD_BYTES }: { readonly hasAudio: boolean; readonly shardBytes?: number },
  ) {
    this.#files = files;
    this.#hasAudio = hasAudio;
    this.#shards = new BySplit(
      split =>
        new Shards(index => new PayloadTable(files.open(shardPath(split, index)), hasAudio), shardBytes),
    );
    this.#labels = new LabelTables(files);
  }

  add(split: Split, sample: SourceSample): void {
    this.#shards.at(split).add(sample, sampleBytes(sample));
    this.#labels.add(split, sample);
  }

  finish(): readonly LayoutConfig[] {
    const finished = this.#shards.map(shards => shards.finish());
    // How many there are is told by the last.
    for (const split of SPLITS)
      finished[split]?.files.forEach(({ path }, index, { length }) => {
        this.#files.rename(path, shardPath(split, index, length));
      });
    const samples: LayoutConfig = {
      name: 'samples',
      features: payloadCardFeatures(this.#hasAudio),
      files: this.#shards.map((_, split) => [`data/${split}-*.parquet`]),
      splits: Object.fromEntries(
        SPLITS.flatMap(split => {
          const size = finished[split]?.size;
          return size ? [[split, size]] : [];
        }),
      ),
    };
    return [samples, ...this.#labels.finish()];
  }

  discard(): void {
    for (const shards of this.#shards.values()) shards.discard();
    this.#labels.discard();
  }
}

const padded = (value: number): string => String(value).padStart(5, '0');
const shardPath = (split: Split, index: number, count?: number): string =>
  `data/${split}-${padded(index)}${count === undefined ? '' : `-of-${padded(count)}`}.parquet`;
