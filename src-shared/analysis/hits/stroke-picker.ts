import type { Stroke, StrokeClass } from '../onsets';
import type { Activations, HitContract } from './contract';

/** A stroke as the network hears it. */
export interface FoundStroke extends Stroke {
  /** Seconds, to a fraction of a moment. */
  readonly time: number;
}

interface Peak {
  readonly moment: number;
  /** Of the whole family. */
  readonly chance: number;
  /** Its likeliest member here. */
  readonly column: number;
  readonly velocity: number;
  readonly offset: number;
}

/** The peaks of one family. */
class FamilyPeaks {
  #before = 0;
  #current: Peak | null = null;
  #kept: Peak | null = null;
  /** Lowest chance since the kept peak, that peak included. */
  #lowest = Infinity;

  /** Takes the next moment; gives the peak that no later one can replace any more. */
  push(
    next: Peak,
    thresholds: readonly number[],
    { closeMoments, valley }: HitContract['peaks'],
  ): Peak | null {
    let done: Peak | null = null;
    const peak = this.#current;
    if (peak) {
      const threshold = thresholds[peak.column]!;
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
  /** By column. */
  readonly #thresholds: readonly number[];
  readonly #families: readonly { readonly columns: readonly number[]; readonly peaks: FamilyPeaks }[];
  #moment = 0;

  /** @param thresholds from `thresholdsAt`; a class without one is never found */
  constructor(contract: HitContract, thresholds: Readonly<Partial<Record<StrokeClass, number>>>) {
    this.#contract = contract;
    this.#thresholds = contract.classes.map(name => thresholds[name] ?? Infinity);
    this.#families = contract.families.map(({ classes }) => ({
      columns: classes.map(name => contract.classes.indexOf(name)),
      peaks: new FamilyPeaks(),
    }));
  }

  /** Takes the next moments' rows; gives strokes that are certain by now, in order of time within a family. */
  push({ chance, velocity, offset }: Activations): FoundStroke[] {
    const width = this.#contract.classes.length;
    const found: FoundStroke[] = [];
    for (let row = 0; row < chance.length; row += width) {
      for (const { columns, peaks } of this.#families) {
        let [sum, column] = [0, columns[0]!];
        for (const member of columns) {
          sum += chance[row + member]!;
          if (chance[row + member]! > chance[row + column]!) column = member;
        }
        const place = row + column;
        this.#feed(peaks, found, {
          moment: this.#moment,
          chance: Math.min(1, sum),
          column,
          velocity: velocity[place]!,
          offset: offset[place]!,
        });
      }
      this.#moment++;
    }
    return found;
  }

  finish(): FoundStroke[] {
    const found: FoundStroke[] = [];
    for (const { columns, peaks } of this.#families) {
      const end = { moment: this.#moment, chance: 0, column: columns[0]!, velocity: 0, offset: 0 };
      this.#feed(peaks, found, end);
      this.#report(found, peaks.finish());
    }
    return found;
  }

  #feed(peaks: FamilyPeaks, found: FoundStroke[], next: Peak): void {
    this.#report(found, peaks.push(next, this.#thresholds, this.#contract.peaks));
  }

  #report(found: FoundStroke[], peak: Peak | null): void {
    if (!peak) return;
    const { hop, sampleRate, classes } = this.#contract;
    found.push({
      time: Math.max(0, ((peak.moment + peak.offset) * hop) / sampleRate),
      class: classes[peak.column]!,
      probability: peak.chance,
      velocity: Math.min(1, Math.max(0, peak.velocity)),
    });
  }
}
