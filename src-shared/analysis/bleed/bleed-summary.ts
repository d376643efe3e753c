/** Bleed below the stem's own level, in dB: the share 0..1 of its energy as a level; -60 and less are all -60. */
export const bleedDecibels = (share: number): number => Math.max(-60, 10 * Math.log10(Math.max(0, share)));

/** The mean of a bleed curve, and where it is highest over about a quarter of a second. */
export function bleedSummary(curve: Float32Array): { readonly mean: number; readonly worstIndex: number } {
  let sum = 0;
  let near = 0;
  let worst = -1;
  let worstIndex = 0;
  for (let at = 0; at < curve.length; at++) {
    sum += curve[at]!;
    near += curve[at]! - (at >= NEAR ? curve[at - NEAR]! : 0);
    if (near > worst) {
      worst = near;
      worstIndex = Math.max(0, at - Math.floor(NEAR / 2));
    }
  }
  return { mean: curve.length === 0 ? 0 : sum / curve.length, worstIndex };
}

const NEAR = 5;
