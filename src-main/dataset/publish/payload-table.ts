import type { SchemaElement } from 'hyparquet';
import { type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import { type Column, TABLES } from '#shared/dataset';
import type { FileInMaking, WrittenFile } from '../storage/output-file';
import {
  cardFeatures,
  type Features,
  featuresOf,
  FileBytes,
  parquetHead,
  rawBytesOf,
  schemaElements,
} from '../storage/parquet-table';
import type { SourceSample } from './source';

/** A group is read whole by whoever wants one row of it: as many as the hub's viewer shows at once, and no more than these bytes. */
const GROUP_ROWS = 100;
const GROUP_BYTES = 32_000_000;

/** Of all audio of our datasets, Hz. */
const SAMPLE_RATE = 44_100;

/** A struct as Hugging Face's library stores audio in Parquet, and the bytes of a MIDI file. */
const AUDIO_ELEMENTS: readonly SchemaElement[] = [
  { name: 'audio', repetition_type: 'OPTIONAL', num_children: 2 },
  { name: 'bytes', repetition_type: 'OPTIONAL', type: 'BYTE_ARRAY' },
  {
    name: 'path',
    repetition_type: 'OPTIONAL',
    type: 'BYTE_ARRAY',
    converted_type: 'UTF8',
    logical_type: { type: 'STRING' },
  },
];
const MIDI_ELEMENT: SchemaElement = { name: 'midi', repetition_type: 'REQUIRED', type: 'BYTE_ARRAY' };

const COLUMNS: readonly Column[] = TABLES.samples;
const [ID, ...REST] = COLUMNS.flatMap(schemaElements);
const elementsOf = (hasAudio: boolean): SchemaElement[] => [
  ...(ID ? [ID] : []),
  ...(hasAudio ? AUDIO_ELEMENTS : []),
  ...REST,
  MIDI_ELEMENT,
];

export function payloadFeatures(hasAudio: boolean): Features {
  const { sample_id = {}, ...rest } = featuresOf(COLUMNS);
  return {
    sample_id,
    ...(hasAudio ? { audio: { sampling_rate: SAMPLE_RATE, _type: 'Audio' } } : {}),
    ...rest,
    midi: { dtype: 'binary', _type: 'Value' },
  };
}

/** The same as a card's YAML head writes it. */
export const AUDIO_FEATURE = { name: 'audio', dtype: { audio: { sampling_rate: SAMPLE_RATE } } };
export function payloadCardFeatures(hasAudio: boolean): object[] {
  const [id, ...rest] = cardFeatures(COLUMNS);
  return [
    ...(id ? [id] : []),
    ...(hasAudio ? [AUDIO_FEATURE] : []),
    ...rest,
    { name: 'midi', dtype: 'binary' },
  ];
}

/** A Parquet file of samples with the bytes of their audio and MIDI. */
export class PayloadTable {
  readonly #file: FileInMaking;
  readonly #writer: ParquetWriter;
  readonly #hasAudio: boolean;
  #waiting: SourceSample[] = [];
  #waitingBytes = 0;
  /** About what the file will have once it is finished. */
  bytes = 0;
  rows = 0;

  constructor(file: FileInMaking, hasAudio: boolean) {
    this.#file = file;
    this.#hasAudio = hasAudio;
    this.#writer = new ParquetWriter({
      ...parquetHead(elementsOf(hasAudio), payloadFeatures(hasAudio)),
      writer: new FileBytes(file),
    });
  }

  get rawBytes(): number {
    return rawBytesOf(this.#writer);
  }

  add(sample: SourceSample): void {
    const bytes = sampleBytes(sample);
    if (this.#waiting.length === GROUP_ROWS || this.#waitingBytes + bytes > GROUP_BYTES) this.#writeGroup();
    this.#waiting.push(sample);
    this.#waitingBytes += bytes;
    this.bytes += bytes;
    this.rows++;
  }

  finish(): WrittenFile {
    this.#writeGroup();
    void this.#writer.finish();
    return this.#file.finish();
  }

  discard(): void {
    this.#file.discard();
  }

  #writeGroup(): void {
    const samples = this.#waiting;
    if (samples.length === 0) return;
    const [id, ...rest] = COLUMNS.map(
      ({ name }, at): ColumnSource => ({
        name,
        data: samples.map(({ cells }) => cells.samples[0]?.[at] ?? null),
      }),
    );
    const audio: ColumnSource = {
      ...BLOBS,
      name: 'audio',
      data: samples.map(
        sample => sample.audio && { bytes: sample.audio, path: `${sample.row.sample_id}.flac` },
      ),
    };
    const midi: ColumnSource = {
      name: 'midi',
      data: samples.map(sample => sample.midi),
      ...BLOBS,
      codec: 'SNAPPY',
    };
    void this.#writer.write({
      columnData: [...(id ? [id] : []), ...(this.#hasAudio ? [audio] : []), ...rest, midi],
      rowGroupSize: samples.length,
    });
    this.#waiting = [];
    this.#waitingBytes = 0;
  }
}

/** Bytes that no codec packs further, no two of which are the same, and whose order tells nothing. */
const BLOBS = { codec: 'UNCOMPRESSED', encoding: 'PLAIN', statistics: false } as const;

/** Of its part of a file: the texts of a row are its largest cells. */
export const sampleBytes = ({ audio, midi, row }: SourceSample): number =>
  (audio?.length ?? 0) + midi.length + row.recipe_json.length + row.augmentation_json.length;
