import type { Hit, Kit, MappedBar, NoteId, Pattern, TempoMap } from '#shared/model';

/** What sounds: a pattern as it is to be heard (muted lanes and other layers left out) and the kit under it. */
export interface Score {
  /** What all of it is raised by. */
  readonly gainDecibels: number;
  readonly pattern: Pattern;
  readonly kit: Kit;
  readonly hits: readonly Hit[];
  /** Notes that are muted, soloed out or in no layer that is heard; what still rings of them falls silent. */
  readonly silent: ReadonlySet<NoteId>;
}

/** A stretch of a pattern in ticks, its end left out. */
export interface TickSpan {
  readonly from: number;
  readonly to: number;
}

/** A song that the groove follows beat by beat. */
export interface SongUnder {
  readonly map: TempoMap;
  /** All of its bars. */
  readonly bars: readonly MappedBar[];
  /** Its bar that the groove's first pass begins with. */
  readonly bar: number;
  readonly seconds: number;
  readonly sampleRate: number;
}

/** What a player plays. */
export interface Program {
  /** One after another. */
  readonly sections: readonly Score[];
  /** Whether the first follows the last. Under a song it goes on to the song's end in any case. */
  readonly isLooping: boolean;
  /** The bars of an only section that are played round and round while it loops; null for all of it. */
  readonly loop: TickSpan | null;
  readonly hasClick: boolean;
  readonly song: SongUnder | null;
}

/** Where in a program. */
export interface Place {
  readonly section: number;
  readonly ticks: number;
  /** Which pass along a song, from 0. */
  readonly along: number;
}
