import type { HitId, Instrument, Note } from '../model';
import type { Candidate } from './hit-pools';

/** Hits struck this much softer or harder than the best match still belong to its velocity layer. */
const LAYER_WIDTH = 0.1;
/** An open hat twice as long as the last one is as wrong as a stroke that is this much too loud. */
const OPENNESS_WEIGHT = 0.12;

const HATS: ReadonlySet<Instrument> = new Set(['chh', 'phh', 'ohh']);

/**
 * Chooses hits as they would be played: of the takes that were struck about as hard as the note, the one that rested longest, and
 * never the same take twice in a row where there are two. Hats keep about the openness of the stroke before.
 */
export class PlayedChoice {
  readonly #turn = new Map<HitId, number>();
  readonly #last = new Map<string, HitId>();
  readonly #openness = new Map<Instrument, number>();
  #count = 0;

  /** The candidates are those of one instrument, best first; notes come in the order of time. */
  next(
    note: Pick<Note, 'role' | 'instrument' | 'velocity'>,
    candidates: readonly Candidate[],
  ): Candidate | undefined {
    const lane = `${note.role} ${note.instrument}`;
    const before = this.#last.get(lane);
    const others = candidates.filter(({ hit }) => hit !== before);
    const free = others.length > 0 ? others : candidates;
    const cost = ({ velocity, seconds }: Candidate): number =>
      (velocity === null ? 0 : Math.abs(velocity - note.velocity)) +
      this.#opennessCost(note.instrument, seconds);
    const layer = Math.min(...free.map(cost)) + LAYER_WIDTH;
    const rested = (candidate: Candidate): number => this.#turn.get(candidate.hit) ?? -1;
    const [chosen] = free.filter(candidate => cost(candidate) <= layer).sort((a, b) => rested(a) - rested(b));
    if (!chosen) return undefined;
    this.#turn.set(chosen.hit, this.#count++);
    this.#last.set(lane, chosen.hit);
    if (chosen.seconds !== null) this.#openness.set(note.instrument, chosen.seconds);
    return chosen;
  }

  #opennessCost(instrument: Instrument, seconds: number | null): number {
    const before = this.#openness.get(instrument);
    if (seconds === null || before === undefined || !HATS.has(instrument)) return 0;
    return OPENNESS_WEIGHT * Math.abs(Math.log2(seconds / before));
  }
}
