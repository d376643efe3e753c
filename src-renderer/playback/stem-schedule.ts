/** A stretch of the stems that is played round and round, in frames: `from` belongs to it, `to` does not. */
export interface LoopFrames {
  readonly from: number;
  readonly to: number;
}

/** A piece of all stems, in their own frames. */
export interface PlannedPiece {
  /** First frame, and how many. */
  readonly start: number;
  readonly count: number;
  /** Frames after the play's begin at which `start` sounds; below 0 never. */
  readonly after: number;
  /** Frames over which it rises from silence at its begin, and falls to it at its end; 0 for none. */
  readonly rise: number;
  readonly fall: number;
}

export interface SchedulePlan {
  /** Length of the stems. */
  readonly frames: number;
  /** Where the play begins. */
  readonly from: number;
  /** Longest piece; the first one is a quarter of it, so that sound comes soon. */
  readonly pieceFrames: number;
  /** Length of the crossfades at joins that are not frame to frame. */
  readonly fadeFrames: number;
  readonly loop: LoopFrames | null;
  /** Whether pieces are resampled one by one, so that each must fade into the next. */
  readonly isResampled: boolean;
}

/** Where the play stands at a jump: from `after` frames on it goes through the stems from `start`. */
interface Leg {
  readonly after: number;
  readonly start: number;
}

/**
 * Cuts a play of stems into pieces that follow each other without a gap: through the loop, round and round, when it
 * begins before the loop's end, else to the end. At a jump the sound before the loop's begin rises while that before
 * its end falls, so the loop's first stroke is whole.
 */
export class StemSchedule {
  readonly #plan: SchedulePlan;
  readonly #loop: LoopFrames | null;
  readonly #legs: Leg[];
  #position: number;
  #elapsed = 0;

  constructor(plan: SchedulePlan) {
    this.#plan = plan;
    this.#loop = plan.loop && plan.from < plan.loop.to ? plan.loop : null;
    this.#position = Math.min(plan.from, plan.frames);
    this.#legs = [{ after: 0, start: this.#position }];
  }

  /** The next piece; null after the last. */
  next(): PlannedPiece | null {
    const { frames, pieceFrames, fadeFrames, isResampled } = this.#plan;
    const loop = this.#loop;
    const end = loop ? Math.min(loop.to, frames) : frames;
    const isJump = loop !== null && this.#position >= end;
    if (isJump) {
      this.#position = loop.from;
      this.#legs.push({ after: this.#elapsed, start: loop.from });
    }
    if (this.#position >= end) return null;
    const isFirst = this.#elapsed === 0;
    const wanted = isFirst ? Math.ceil(pieceFrames / 4) : pieceFrames;
    const taken = Math.min(wanted, end - this.#position);
    const isAtEnd = this.#position + taken >= end;
    const lead = isJump || (isResampled && !isFirst) ? Math.min(fadeFrames, this.#position) : 0;
    const doesFall = isAtEnd ? loop !== null : isResampled;
    const piece = {
      start: this.#position - lead,
      count: taken + lead,
      after: this.#elapsed - lead,
      rise: lead,
      fall: doesFall ? Math.min(fadeFrames, taken) : 0,
    };
    this.#position += taken;
    this.#elapsed += taken;
    return piece;
  }

  /** The frame of the stems that sounds `elapsed` frames after the begin, a real number. */
  frameAt(elapsed: number): number {
    const leg = this.#legs.findLast(({ after }) => after <= elapsed) ?? this.#legs[0];
    return leg ? leg.start + Math.max(0, elapsed - leg.after) : 0;
  }
}

/** Lets `samples` rise over their first `rise` and fall over their last `fall` frames, in a straight line. */
export function fadeStraight(samples: Float32Array, rise: number, fall: number): void {
  const { length } = samples;
  for (let at = 0; at < Math.min(rise, length); at++) samples[at]! *= at / rise;
  for (let at = Math.max(0, length - fall); at < length; at++) samples[at]! *= (length - at) / fall;
}
