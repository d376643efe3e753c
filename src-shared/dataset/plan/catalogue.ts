import type { Drawn } from '../../augment';
import type { Pattern } from '../../model';
import type { Rudiment } from '../rudiments';

export interface CatalogueKit {
  readonly id: string;
  /** It has all drums and cymbals of a groove; a snare alone plays rudiments, so every kit does. */
  readonly isWholeKit: boolean;
}

/** A MIDI file that performances are taken from. */
export interface MidiGroove {
  readonly sha256: string;
  /** Of its file. */
  readonly name: string;
  /** At its start, quarter notes a minute. */
  readonly tempo: number;
  readonly bars: number;
  /** Not kept for long: those of thousands of files would fill the memory. */
  readonly pattern: () => Pattern;
}

/** What a configuration may choose from. */
export interface Catalogue {
  readonly rudiments: readonly Rudiment[];
  /** SHA-256 of the files of rudiments that are not ours, by slug. */
  readonly definitions: Readonly<Record<string, string>>;
  readonly kits: readonly CatalogueKit[];
  readonly grooves: readonly MidiGroove[];
  /** SHA-256 of what may be mixed in or convolved with. */
  readonly recordings: Drawn['recordings'];
}
