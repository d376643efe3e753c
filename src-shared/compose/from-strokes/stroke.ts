import type { HitId, Instrument, Role } from '../../model';

/** A stroke of a recording that is to become a note. */
export interface HeardStroke {
  /** Seconds from the recording's beginning. */
  readonly time: number;
  readonly role: Role;
  readonly instrument: Instrument;
  /** 0..1. */
  readonly velocity: number;
  /** The recording's own hit that sounds for it; null leaves the choice to layout. */
  readonly hit: HitId | null;
  /** Seconds to the second stroke of a flam that `hit` holds; null when it is single. */
  readonly flam: number | null;
}
