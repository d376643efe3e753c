import { SampleQueue } from '../../dsp';
import type { Tensor } from '../model-separation';
import type { StrokeClass } from '../onsets';
import type { Activations, HitContract } from './contract';
import { PowerWindows } from './power-windows';
import { type FoundStroke, StrokePicker } from './stroke-picker';

/** Runs the network on the powers of some moments: `[1, moments, bins]` and `[1, moments * shorts, bins]`. */
export type FindActivations = (long: Tensor, short: Tensor) => Promise<Activations>;

/**
 * Hears the strokes in mono drum audio that streams by at the contract's rate, in flat memory. Each stretch of moments that the
 * network sees has as many neighbours at both ends as its answers depend on, so that the stretches' joins are exact and how the
 * audio is cut into pieces changes nothing.
 * @see native-models/training/drum-hits/find.py, with which every number here agrees
 */
export class HitStream {
  readonly #contract: HitContract;
  readonly #gain: number;
  readonly #find: FindActivations;
  readonly #picker: StrokePicker;
  readonly #long: PowerWindows;
  readonly #short: PowerWindows;
  readonly #audio = new SampleQueue();
  /** Place in the audio of the first held sample; the silence before the audio is held as well. */
  #audioStart: number;
  #received = 0;
  readonly #longPowers: Float32Array;
  readonly #shortPowers: Float32Array;
  /** Moments whose powers are held: from `#heldFrom`, `#held` of them. */
  #heldFrom = 0;
  #held = 0;
  /** Moments that have been through the network. */
  #done = 0;

  /** @param gain brings the audio to unit power where it sounds */
  constructor(
    contract: HitContract,
    gain: number,
    thresholds: Readonly<Partial<Record<StrokeClass, number>>>,
    findActivations: FindActivations,
  ) {
    const { longWindow, shortWindow, shortsPerMoment, segmentMoments, contextMoments } = contract;
    this.#contract = contract;
    this.#gain = gain;
    this.#find = findActivations;
    this.#picker = new StrokePicker(contract, thresholds);
    this.#long = new PowerWindows(longWindow);
    this.#short = new PowerWindows(shortWindow);
    this.#audioStart = -longWindow / 2;
    this.#audio.pushZeros(longWindow / 2);
    const room = segmentMoments + 2 * contextMoments;
    this.#longPowers = new Float32Array(room * this.#long.binCount);
    this.#shortPowers = new Float32Array(room * shortsPerMoment * this.#short.binCount);
  }

  async push(samples: Float32Array): Promise<FoundStroke[]> {
    this.#audio.push(samples.map(value => value * this.#gain));
    this.#received += samples.length;
    return this.#advance(Infinity);
  }

  async finish(): Promise<FoundStroke[]> {
    const { hop, longWindow } = this.#contract;
    const moments = Math.ceil(this.#received / hop);
    this.#audio.pushZeros(hop + longWindow);
    const found = await this.#advance(moments);
    while (this.#done < moments)
      found.push(...(await this.#run(Math.min(this.#contract.segmentMoments, moments - this.#done))));
    return [...found, ...this.#picker.finish()];
  }

  /** Analyses what has arrived, at most up to moment `end`, and runs the network whenever it has a segment. */
  async #advance(end: number): Promise<FoundStroke[]> {
    const { hop, longWindow, segmentMoments, contextMoments } = this.#contract;
    const found: FoundStroke[] = [];
    for (;;) {
      const next = this.#heldFrom + this.#held;
      const reach = next * hop + longWindow / 2 - this.#audioStart;
      if (next >= end || reach > this.#audio.length) return found;
      this.#analyse(next);
      if (next + 1 === this.#done + segmentMoments + contextMoments)
        found.push(...(await this.#run(segmentMoments)));
    }
  }

  #analyse(moment: number): void {
    const { hop, longWindow, shortWindow, shortHop, shortsPerMoment } = this.#contract;
    const held = this.#audio.peek(this.#audio.length);
    const centre = moment * hop - this.#audioStart;
    const { binCount } = this.#long;
    this.#long.analyse(held, centre - longWindow / 2, this.#longPowers, this.#held * binCount);
    for (let index = 0; index < shortsPerMoment; index++) {
      const middle = centre + (index - (shortsPerMoment - 1) / 2) * shortHop;
      const row = this.#held * shortsPerMoment + index;
      this.#short.analyse(held, middle - shortWindow / 2, this.#shortPowers, row * this.#short.binCount);
    }
    this.#held++;
    const spare = centre + hop - longWindow / 2;
    if (spare > 0) {
      this.#audio.drop(spare);
      this.#audioStart += spare;
    }
  }

  /** Runs the network on all held moments and takes its answers for the next `count`. */
  async #run(count: number): Promise<FoundStroke[]> {
    const { shortsPerMoment, contextMoments, classes } = this.#contract;
    const [longBins, shortBins] = [this.#long.binCount, this.#short.binCount];
    const moments = this.#held;
    const answer = await this.#find(
      {
        data: this.#longPowers.slice(0, moments * longBins),
        dims: [1, moments, longBins],
      },
      {
        data: this.#shortPowers.slice(0, moments * shortsPerMoment * shortBins),
        dims: [1, moments * shortsPerMoment, shortBins],
      },
    );
    const from = (this.#done - this.#heldFrom) * classes.length;
    const to = from + count * classes.length;
    const found = this.#picker.push({
      chance: answer.chance.subarray(from, to),
      velocity: answer.velocity.subarray(from, to),
      offset: answer.offset.subarray(from, to),
    });
    this.#done += count;
    const spent = Math.max(0, this.#done - contextMoments - this.#heldFrom);
    this.#longPowers.copyWithin(0, spent * longBins, moments * longBins);
    const shortRow = shortsPerMoment * shortBins;
    this.#shortPowers.copyWithin(0, spent * shortRow, moments * shortRow);
    this.#held -= spent;
    this.#heldFrom += spent;
    return found;
  }
}
