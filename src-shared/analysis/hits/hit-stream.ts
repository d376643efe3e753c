import type { Tensor } from '../model-separation';
import type { StrokeClass } from '../onsets';
import type { Activations, HitContract } from './contract';
import { meanOfHearings } from './mean-of-hearings';
import { MomentPowers } from './moment-powers';
import { type FoundStroke, StrokePicker } from './stroke-picker';

/** Runs the network on the powers of some moments: `[1, moments, bins]` and `[1, moments * shorts, bins]`. */
export type FindActivations = (long: Tensor, short: Tensor) => Promise<Activations>;

/**
 * Hears the strokes in mono drum audio that streams by at the contract's rate, in flat memory. Each stretch of moments that the
 * network sees has as many neighbours at both ends as its answers depend on, so that the stretches' joins are exact and how the
 * audio is cut into pieces changes nothing.
 *
 * The same strokes may be heard in several ways, such as separated drums and the mix that they are from: the answers are then their
 * mean (`meanOfHearings`).
 * @see native-models/training/drum-hits/find.py, with which every number here agrees
 */
export class HitStream {
  readonly #contract: HitContract;
  readonly #find: FindActivations;
  readonly #picker: StrokePicker;
  /** Of each way of hearing; all hold the same moments. */
  readonly #powers: readonly MomentPowers[];
  #received = 0;
  /** First of the moments whose powers are held. */
  #heldFrom = 0;
  /** Moments that have been through the network. */
  #done = 0;

  /** @param gains of each way of hearing; each brings its audio to unit power where it sounds */
  constructor(
    contract: HitContract,
    gains: readonly number[],
    thresholds: Readonly<Partial<Record<StrokeClass, number>>>,
    findActivations: FindActivations,
  ) {
    this.#contract = contract;
    this.#find = findActivations;
    this.#picker = new StrokePicker(contract, thresholds);
    this.#powers = gains.map(gain => new MomentPowers(contract, gain));
  }

  /** @param hearings as many samples of each */
  async push(hearings: readonly Float32Array[]): Promise<FoundStroke[]> {
    for (const [index, powers] of this.#powers.entries()) powers.push(hearings[index]!);
    this.#received += hearings[0]!.length;
    return this.#advance(Infinity);
  }

  async finish(): Promise<FoundStroke[]> {
    const moments = Math.ceil(this.#received / this.#contract.hop);
    for (const powers of this.#powers) powers.finish();
    const found = await this.#advance(moments);
    while (this.#done < moments)
      found.push(...(await this.#run(Math.min(this.#contract.segmentMoments, moments - this.#done))));
    return [...found, ...this.#picker.finish()];
  }

  /** Analyses what has arrived, at most up to moment `end`, and runs the network whenever it has a segment. */
  async #advance(end: number): Promise<FoundStroke[]> {
    const { segmentMoments, contextMoments } = this.#contract;
    const found: FoundStroke[] = [];
    const [first] = this.#powers;
    for (;;) {
      const next = this.#heldFrom + first!.held;
      if (next >= end || !first!.reaches(next)) return found;
      for (const powers of this.#powers) powers.analyse(next);
      if (next + 1 === this.#done + segmentMoments + contextMoments)
        found.push(...(await this.#run(segmentMoments)));
    }
  }

  /** Runs the network on all held moments and takes its answers for the next `count`. */
  async #run(count: number): Promise<FoundStroke[]> {
    const { contextMoments, classes } = this.#contract;
    const from = (this.#done - this.#heldFrom) * classes.length;
    const to = from + count * classes.length;
    const answers: Activations[] = [];
    for (const powers of this.#powers) {
      const { long, short } = powers.tensors();
      const { chance, velocity, offset } = await this.#find(long, short);
      answers.push({
        chance: chance.subarray(from, to),
        velocity: velocity.subarray(from, to),
        offset: offset.subarray(from, to),
      });
    }
    const found = this.#picker.push(meanOfHearings(answers));
    this.#done += count;
    const spent = Math.max(0, this.#done - contextMoments - this.#heldFrom);
    for (const powers of this.#powers) powers.drop(spent);
    this.#heldFrom += spent;
    return found;
  }
}
