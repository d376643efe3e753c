import { SPLITS, type Split } from '#shared/dataset';
import type { SourceSample } from './source';

/** One table of a layout, as the card and Croissant name it. */
export interface LayoutConfig {
  readonly name: string;
  /** Patterns of files by split; splits without samples are not there. */
  readonly files: Readonly<Partial<Record<Split, readonly string[]>>>;
  /** As the card's YAML head writes them; null where the reader finds them out. */
  readonly features: readonly object[] | null;
  readonly splits: Readonly<Partial<Record<Split, SplitSize>>>;
}

export interface SplitSize {
  readonly rows: number;
  /** Of the files that hold them. */
  readonly bytes: number;
  /** The same unpacked. */
  readonly rawBytes: number;
}

/** Writes samples in one of the hub's layouts. */
export interface LayoutWriter {
  add(split: Split, sample: SourceSample): Promise<void> | void;
  /** The samples first, then tables beside them. */
  finish(): readonly LayoutConfig[];
  /** Gives up what is not finished. */
  discard(): void;
}

/** Something for each split, made when its first sample comes. */
export class BySplit<Value> {
  readonly #make: (split: Split) => Value;
  readonly #made = new Map<Split, Value>();

  constructor(make: (split: Split) => Value) {
    this.#make = make;
  }

  at(split: Split): Value {
    const made = this.#made.get(split) ?? this.#make(split);
    this.#made.set(split, made);
    return made;
  }

  values(): Value[] {
    return [...this.#made.values()];
  }

  /** In the order of the splits. */
  map<Other>(to: (value: Value, split: Split) => Other): Partial<Record<Split, Other>> {
    return Object.fromEntries(
      SPLITS.flatMap(split => {
        const value = this.#made.get(split);
        return value === undefined ? [] : [[split, to(value, split)]];
      }),
    );
  }
}
