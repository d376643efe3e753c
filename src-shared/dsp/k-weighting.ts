/** Below this a decaying filter counts as silent: numbers near the smallest ones are slow to compute with. */
const SILENT = 1e-30;

/**
 * The head's shelf and the low cut, as two biquads. The formulas give the standard's 48 kHz coefficients at any rate.
 * @see ITU-R BS.1770-4, annex 1
 */
export class KWeighting {
  readonly #shelf: readonly [number, number, number, number, number];
  readonly #cut: readonly [number, number];
  #x1 = 0;
  #x2 = 0;
  #y1 = 0;
  #y2 = 0;
  #z1 = 0;
  #z2 = 0;

  constructor(sampleRate: number) {
    const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
    const q = 0.7071752369554196;
    const high = 10 ** (3.999843853973347 / 20);
    const band = high ** 0.4996667741545416;
    const a0 = 1 + k / q + k * k;
    this.#shelf = [
      (high + (band * k) / q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / q + k * k) / a0,
      (2 * (k * k - 1)) / a0,
      (1 - k / q + k * k) / a0,
    ];
    const low = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
    const lowQ = 0.5003270373238773;
    const b0 = 1 + low / lowQ + low * low;
    this.#cut = [(2 * (low * low - 1)) / b0, (1 - low / lowQ + low * low) / b0];
  }

  /** Sum of squares of the weighted frames `start` to `end`, which follow those of the call before. */
  energy(samples: Float32Array | Float64Array, start: number, end: number): number {
    const [b0, b1, b2, a1, a2] = this.#shelf;
    const [c1, c2] = this.#cut;
    let x1 = this.#x1;
    let x2 = this.#x2;
    let y1 = this.#y1;
    let y2 = this.#y2;
    let z1 = this.#z1;
    let z2 = this.#z2;
    let sum = 0;
    for (let frame = start; frame < end; frame++) {
      const x = samples[frame]!;
      const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
      const z = y - 2 * y1 + y2 - c1 * z1 - c2 * z2;
      sum += z * z;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      z2 = z1;
      z1 = z;
    }
    this.#x1 = x1;
    this.#x2 = x2;
    this.#y1 = Math.abs(y1) < SILENT ? 0 : y1;
    this.#y2 = Math.abs(y2) < SILENT ? 0 : y2;
    this.#z1 = Math.abs(z1) < SILENT ? 0 : z1;
    this.#z2 = Math.abs(z2) < SILENT ? 0 : z2;
    return sum;
  }
}
