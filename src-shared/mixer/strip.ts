import type { Bus } from '../model';
import { gainOfDecibels } from '../units';
import { Equaliser } from './equaliser';
import { panMatrix, type PanMatrix } from './pan';
import { Ramp, rampFrames } from './ramp';
import { Saturation, SATURATION_FRAMES } from './saturation';

/** How much later a strip's sound leaves it. */
export const STRIP_FRAMES = SATURATION_FRAMES;

/** A bus as it is to sound; `isHeard` is false when it or another's solo silences it. */
export interface StripSettings {
  readonly bus: Bus;
  readonly isHeard: boolean;
}

/** What one role passes on its way to the master: saturation, equaliser, gain, pan. Plain settings change no bit. */
export class Strip {
  readonly #saturations: readonly [Saturation, Saturation];
  readonly #equaliser: Equaliser;
  readonly #matrix: Readonly<Record<keyof PanMatrix, Ramp>>;
  /** What left it last; as many frames as were passed. */
  left = new Float64Array(0);
  right = new Float64Array(0);

  constructor(sampleRate: number, settings: StripSettings) {
    const { drive, equaliser } = settings.bus;
    this.#saturations = [new Saturation(sampleRate, drive), new Saturation(sampleRate, drive)];
    this.#equaliser = new Equaliser(sampleRate, equaliser);
    const { ll, lr, rl, rr } = matrixOf(settings);
    const ramp = (value: number): Ramp => new Ramp(value, rampFrames(sampleRate));
    this.#matrix = { ll: ramp(ll), lr: ramp(lr), rl: ramp(rl), rr: ramp(rr) };
  }

  aim(settings: StripSettings): void {
    const { drive, equaliser } = settings.bus;
    for (const saturation of this.#saturations) saturation.aim(drive);
    this.#equaliser.aim(equaliser);
    const wanted = matrixOf(settings);
    for (const entry of ['ll', 'lr', 'rl', 'rr'] as const) this.#matrix[entry].aim(wanted[entry]);
  }

  /** Takes the next `count` frames of a stereo sound (null is silence) and leaves what comes out in `left` and `right`. */
  pass(inLeft: Float32Array | null, inRight: Float32Array | null, count: number): void {
    if (this.left.length < count) {
      this.left = new Float64Array(count);
      this.right = new Float64Array(count);
    }
    const { left, right } = this;
    for (let frame = 0; frame < count; frame++) {
      left[frame] = inLeft ? inLeft[frame]! : 0;
      right[frame] = inRight ? inRight[frame]! : 0;
    }
    this.#saturations[0].pass(left, count);
    this.#saturations[1].pass(right, count);
    this.#equaliser.pass(left, right, count);
    this.#place(count);
  }

  #place(count: number): void {
    const { left, right } = this;
    const { ll, lr, rl, rr } = this.#matrix;
    const isMoving = !(ll.isSettled && lr.isSettled && rl.isSettled && rr.isSettled);
    if (!isMoving && lr.value === 0 && rl.value === 0) {
      const [gainLeft, gainRight] = [ll.value, rr.value];
      for (let frame = 0; frame < count; frame++) {
        left[frame]! *= gainLeft;
        right[frame]! *= gainRight;
      }
      return;
    }
    for (let frame = 0; frame < count; frame++) {
      const a = left[frame]!;
      const b = right[frame]!;
      left[frame] = ll.advance() * a + rl.advance() * b;
      right[frame] = lr.advance() * a + rr.advance() * b;
    }
  }
}

function matrixOf({ bus, isHeard }: StripSettings): PanMatrix {
  const gain = isHeard ? gainOfDecibels(bus.gainDecibels) : 0;
  const { ll, lr, rl, rr } = panMatrix(bus.pan, 2);
  return { ll: gain * ll, lr: gain * lr, rl: gain * rl, rr: gain * rr };
}
