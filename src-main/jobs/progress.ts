import type { JobProgress } from '#shared/protocol';
import { NO_PROGRESS } from '#main/library';

/** Seconds of work before a guess of what is left is shown. */
const EVIDENCE_SECONDS = 3;

/** One stage or step under way. */
export interface ProgressPart {
  report(fraction: number, rate?: string): void;
  /** `cached`: it took no time, so it says nothing of how long the rest will take. */
  end(cached: boolean): void;
}

/** Adds up what a job's stages report to one fraction of the whole, which never falls. */
export class ProgressSum {
  readonly #now: () => number;
  readonly #onChange: (progress: JobProgress) => void;
  readonly #open = new Map<number, number>();
  #stageCount = 0;
  #totalWeight = 0;
  #begun = 0;
  #ended = 0;
  /** Weight that took time to do, and since when (s). */
  #worked = 0;
  #workBegan: number | null = null;
  #progress = NO_PROGRESS;

  /** @param now seconds of a clock that never goes back */
  constructor(onChange: (progress: JobProgress) => void, now: () => number) {
    this.#onChange = onChange;
    this.#now = now;
  }

  get current(): JobProgress {
    return this.#progress;
  }

  plan(stageCount: number, totalWeight: number): void {
    this.#stageCount = stageCount;
    this.#totalWeight = totalWeight;
    this.#update({});
  }

  /** Said once, however often a job is resumed. */
  note(sentence: string): void {
    if (!this.#progress.notes.includes(sentence))
      this.#update({ notes: [...this.#progress.notes, sentence] });
  }

  begin(title: string, weight: number): ProgressPart {
    const number = ++this.#begun;
    this.#open.set(number, 0);
    this.#update({ stage: title, stageNumber: number, rate: '' });
    let done = 0;
    return {
      report: (fraction, rate) => {
        if (!this.#open.has(number)) return;
        const reached = Math.max(done, Math.min(1, fraction) * weight);
        if (fraction > 0) this.#workBegan ??= this.#now();
        this.#worked += reached - done;
        done = reached;
        this.#open.set(number, reached);
        this.#update(rate === undefined ? {} : { rate });
      },
      end: cached => {
        if (!this.#open.delete(number)) return;
        this.#ended += weight;
        if (!cached) this.#worked += weight - done;
        this.#update({});
      },
    };
  }

  done(): JobProgress {
    return { ...this.#progress, fraction: 1, secondsLeft: 0, rate: '' };
  }

  #update(change: Partial<JobProgress>): void {
    let reached = this.#ended;
    for (const weight of this.#open.values()) reached += weight;
    const total = Math.max(this.#totalWeight, reached, 1e-9);
    const fraction = Math.min(1, Math.max(this.#progress.fraction, reached / total));
    this.#progress = {
      ...this.#progress,
      ...change,
      stageCount: Math.max(this.#stageCount, this.#begun),
      fraction,
      secondsLeft: this.#secondsLeft((1 - fraction) * total),
    };
    this.#onChange(this.#progress);
  }

  #secondsLeft(weightLeft: number): number | null {
    if (this.#workBegan === null || this.#worked <= 0) return null;
    const elapsed = this.#now() - this.#workBegan;
    return elapsed < EVIDENCE_SECONDS ? null : (weightLeft * elapsed) / this.#worked;
  }
}
