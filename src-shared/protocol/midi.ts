import { z } from 'zod';
import type { DrumMap } from '../model';
import type { Failure } from './failure';
import type { StoredPattern } from './stored-pattern';

/** The maps that there are: those that come with Backbeat, then the user's own. */
export interface DrumMapsView {
  readonly maps: readonly DrumMap[];
  /** Files of the user's that are no map, and why. */
  readonly problems: readonly Failure[];
  /** Where the user's own lie. */
  readonly folder: string;
}

/** What a MIDI file holds, before it is imported; of several the first. */
export interface MidiPreview {
  readonly name: string;
  readonly fileCount: number;
  /** At the start, in quarter notes a minute. */
  readonly tempo: number;
  readonly tempoCount: number;
  readonly meters: readonly string[];
  readonly barCount: number;
  readonly noteCount: number;
  /** How often each note number is struck, ascending. */
  readonly numbers: readonly { readonly note: number; readonly count: number }[];
  /** Id of the map that its numbers look like. */
  readonly likelyMap: string;
  readonly warnings: readonly string[];
}

export const ImportMidiSchema = z.object({
  /** Files, folders, or `upload:<id>`. */
  paths: z.array(z.string()).min(1),
  /** Id of the drum map to read them by; null takes for each what it looks like. */
  map: z.string().nullable(),
  /** The kit that plays them. */
  kitId: z.string(),
});
export type ImportMidiRequest = z.infer<typeof ImportMidiSchema>;

export interface ImportedMidi {
  readonly stored: StoredPattern;
  /** Id of the map by which it was read. */
  readonly map: string;
  readonly warnings: readonly string[];
}

export interface ImportMidiAnswer {
  readonly imported: readonly ImportedMidi[];
  readonly refused: readonly { readonly path: string; readonly failure: Failure }[];
}
