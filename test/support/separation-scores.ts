import type { PlanarAudio } from '#shared/model';

/** Sum over all channels and frames of `term(a, b)`. */
function total(a: PlanarAudio, b: PlanarAudio, term: (a: number, b: number) => number): number {
  let sum = 0;
  a.channels.forEach((channel, index) => {
    const other = b.channels[index];
    channel.forEach((value, frame) => {
      sum += term(value, other?.[frame] ?? 0);
    });
  });
  return sum;
}

/** SDR of the music demixing challenges in dB: one ratio for the whole song. */
export function songSdr(estimate: PlanarAudio, truth: PlanarAudio): number {
  const power = total(truth, estimate, value => value * value);
  const error = total(truth, estimate, (value, other) => (value - other) ** 2);
  return 10 * Math.log10((power + 1e-7) / (error + 1e-7));
}

/** Scale-invariant SDR in dB (Le Roux et al. 2019), channels taken together. Means are taken for 0, as audio's are. */
export function scaleInvariantSdr(estimate: PlanarAudio, truth: PlanarAudio): number {
  const power = total(truth, estimate, value => value * value);
  const scale = total(truth, estimate, (value, other) => value * other) / power;
  const error = total(truth, estimate, (value, other) => (scale * value - other) ** 2);
  return 10 * Math.log10((scale * scale * power + 1e-12) / (error + 1e-12));
}
