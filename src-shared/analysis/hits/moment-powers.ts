import { SampleQueue } from '../../dsp';
import type { Tensor } from '../model-separation';
import type { HitContract } from './contract';
import { PowerWindows } from './power-windows';

/** The powers of a stretch of moments, as the network takes them. */
export interface PowerTensors {
  /** `[1, moments, bins]` */
  readonly long: Tensor;
  /** `[1, moments * shorts, bins]` */
  readonly short: Tensor;
}

/** The powers of the moments of mono audio that streams by at the contract's rate, as many as are held. */
export class MomentPowers {
  readonly #contract: HitContract;
  readonly #gain: number;
  readonly #long: PowerWindows;
  readonly #short: PowerWindows;
  readonly #audio = new SampleQueue();
  /** Place in the audio of the first held sample; the silence before the audio is held as well. */
  #audioStart: number;
  readonly #longPowers: Float32Array;
  readonly #shortPowers: Float32Array;
  #held = 0;

  /** @param gain brings the audio to unit power where it sounds */
  constructor(contract: HitContract, gain: number) {
    const { longWindow, shortWindow, shortsPerMoment, segmentMoments, contextMoments } = contract;
    this.#contract = contract;
    this.#gain = gain;
    this.#long = new PowerWindows(longWindow);
    this.#short = new PowerWindows(shortWindow);
    this.#audioStart = -longWindow / 2;
    this.#audio.pushZeros(longWindow / 2);
    const room = segmentMoments + 2 * contextMoments;
    this.#longPowers = new Float32Array(room * this.#long.binCount);
    this.#shortPowers = new Float32Array(room * shortsPerMoment * this.#short.binCount);
  }

  get held(): number {
    return this.#held;
  }

  push(samples: Float32Array): void {
    this.#audio.push(samples.map(value => value * this.#gain));
  }

  /** Lets the last moments be analysed: silence follows. */
  finish(): void {
    this.#audio.pushZeros(this.#contract.hop + this.#contract.longWindow);
  }

  /** Whether the audio of `moment` has arrived. */
  reaches(moment: number): boolean {
    const { hop, longWindow } = this.#contract;
    return moment * hop + longWindow / 2 - this.#audioStart <= this.#audio.length;
  }

  /** Analyses `moment`, the one after the last that is held, and holds it. */
  analyse(moment: number): void {
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

  /** All that is held. */
  tensors(): PowerTensors {
    const rows = this.#held * this.#contract.shortsPerMoment;
    const [longBins, shortBins] = [this.#long.binCount, this.#short.binCount];
    return {
      long: { data: this.#longPowers.slice(0, this.#held * longBins), dims: [1, this.#held, longBins] },
      short: { data: this.#shortPowers.slice(0, rows * shortBins), dims: [1, rows, shortBins] },
    };
  }

  /** Lets go of the first `moments`. */
  drop(moments: number): void {
    const longRow = this.#long.binCount;
    const shortRow = this.#contract.shortsPerMoment * this.#short.binCount;
    this.#longPowers.copyWithin(0, moments * longRow, this.#held * longRow);
    this.#shortPowers.copyWithin(0, moments * shortRow, this.#held * shortRow);
    this.#held -= moments;
  }
}
