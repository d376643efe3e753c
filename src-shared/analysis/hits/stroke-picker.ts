import type { Stroke } from '../onsets';
import type { Activations, HitContract } from './contract';

/** A stroke as the network hears it. */
export interface FoundStroke extends Stroke {
  /** Seconds, to a fraction of a moment. */
  readonly time: number;
}

interface Peak {
  readonly moment: number;
  readonly chance: number;
  readonly velocity: number;
  readonly offset: number;
}

/** The peaks of one class. */
class Column {
  #before = 0;
  #current: Peak | null = null;
  #kept: Peak | null = null;
  /** Lowest chance since the kept peak, that peak included. */
  #lowest = Infinity;

  /** Takes the next moment; gives the peak that no later one can replace any more. */
  push(next: Peak, threshold: number, { closeMoments, valley }: HitContract['peaks']): Peak | null {
    let done: Peak | null = null;
    const peak = this.#current;
    if (peak) {
      if (peak.chance >= threshold && peak.chance > this.#before && peak.chance >= next.chance)
        done = this.#keep(peak, closeMoments, valley);
      this.#lowest = Math.min(this.#lowest, peak.chance);
      this.#before = peak.chance;
    }
    this.#current = next;
    return done;
  }

  finish(): Peak | null {
    return this.#kept;
  }

  #keep(peak: Peak, closeMoments: number, valley: number): Peak | null {
    const kept = this.#kept;
    const isClose = kept !== null && peak.moment - kept.moment <= closeMoments;
    if (isClose && this.#lowest > valley * Math.min(peak.chance, kept.chance)) {
      if (peak.chance > kept.chance) this.#replace(peak);
      return null;
    }
    this.#replace(peak);
    return kept;
  }

  #replace(peak: Peak): void {
    this.#kept = peak;
    this.#lowest = Infinity;
  }
}

/** Finds the strokes in activations that stream by. */
export class StrokePicker {
  readonly #contract: HitContract;
  readonly #thresholds: readonly number[];
  readonly #columns: readonly Column[];
  #moment = 0;

  /** @param thresholds one a class, in the order of the contract's */
  constructor(contract: HitContract, thresholds: readonly number[]) {
    this.#contract = contract;
    this.#thresholds = thresholds;
    this.#columns = contract.classes.map(() => new Column());
  }

  /** Takes the next moments' rows; gives strokes that are certain by now, in order of time within a class. */
  push({ chance, velocity, offset }: Activations): FoundStroke[] {
    const width = this.#columns.length;
    const found: FoundStroke[] = [];
    for (let row = 0; row < chance.length; row += width) {
      for (let column = 0; column < width; column++)
        this.#feed(column, found, {
          moment: this.#moment,
          chance: chance[row + column]!,
          velocity: velocity[row + column]!,
          offset: offset[row + column]!,
        });
      this.#moment++;
    }
    return found;
  }

  finish(): FoundStroke[] {
    const found: FoundStroke[] = [];
    const end = { moment: this.#moment, chance: 0, velocity: 0, offset: 0 };
    this.#columns.forEach((column, index) => {
      this.#feed(index, found, end);
      this.#report(index, found, column.finish());
    });
    return found;
  }

  #feed(column: number, found: FoundStroke[], next: Peak): void {
    this.#report(
      column,
      found,
      this.#columns[column]!.push(next, this.#thresholds[column]!, this.#contract.peaks),
    );
  }

  #report(column: number, found: FoundStroke[], peak: Peak | null): void {
    if (!peak) return;
    const { hop, sampleRate, classes } = this.#contract;
    found.push({
      time: Math.max(0, ((peak.moment + peak.offset) * hop) / sampleRate),
      class: classes[column]!,
      probability: Math.min(1, peak.chance),
      velocity: Math.min(1, Math.max(0, peak.velocity)),
    });
  }
}
