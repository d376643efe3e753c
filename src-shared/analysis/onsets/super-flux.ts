/** Windows back that a window is compared with: 10 ms. */
export const LAG = 2;

/**
 * Rise in spectral energy: each band against the loudest of its neighbours some time ago, so that a gliding partial of
 * a tom or cymbal is not read as a new hit. One value >= 0 a window; 0 while there is no past.
 *
 * @see Boeck & Widmer, "Maximum Filter Vibrato Suppression for Onset Detection", DAFx 2013
 */
export class SuperFlux {
  /** Maximum over neighbouring bands of the last `LAG` windows, in a ring. */
  readonly #past: readonly Float32Array[];
  #count = 0;

  constructor(bandCount: number) {
    this.#past = Array.from({ length: LAG }, () => new Float32Array(bandCount));
  }

  next(bands: Float32Array): number {
    const past = this.#past[this.#count % LAG]!;
    let rise = 0;
    if (this.#count >= LAG) {
      for (let band = 0; band < bands.length; band++) rise += Math.max(0, bands[band]! - past[band]!);
    }
    const last = bands.length - 1;
    for (let band = 0; band < bands.length; band++) {
      past[band] = Math.max(bands[Math.max(0, band - 1)]!, bands[band]!, bands[Math.min(last, band + 1)]!);
    }
    this.#count++;
    return rise;
  }
}
