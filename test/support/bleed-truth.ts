import { bleedFrames } from '#shared/analysis';
import { hannWindow, RealFft } from '#shared/dsp';
import type { PlanarAudio } from '#shared/model';

/** What is quieter than -40 dB of the stem's mean counts as silence. */
const SILENCE = 1e-4;

/**
 * The share of a separated stem's energy, per `seconds`, that is accompaniment: what the separator did to each bin of the
 * mix, done to the true drums and to the true accompaniment apart.
 */
export function trueBleed(
  stem: PlanarAudio,
  truth: PlanarAudio,
  mix: PlanarAudio,
  seconds: number,
): Float64Array {
  const size = bleedFrames(mix.sampleRate);
  const fft = new RealFft(size);
  const shape = hannWindow(size);
  const frames = mix.channels[0]?.length ?? 0;
  const per = Math.round(seconds * mix.sampleRate);
  const leaks = new Float64Array(Math.floor(frames / per));
  const all = new Float64Array(leaks.length);
  const powers = (audio: PlanarAudio, channel: number, start: number): Float64Array => {
    const samples = audio.channels[channel] ?? audio.channels[0] ?? new Float32Array();
    const input = shape.map((value, at) => value * (samples[start + at] ?? 0));
    const spectrum = new Float64Array(2 * fft.binCount);
    fft.forward(input, spectrum);
    return Float64Array.from(
      { length: fft.binCount },
      (_, bin) => (spectrum[2 * bin] ?? 0) ** 2 + (spectrum[2 * bin + 1] ?? 0) ** 2,
    );
  };
  const rest: PlanarAudio = {
    ...mix,
    channels: mix.channels.map((samples, channel) => {
      const drums = truth.channels[channel] ?? truth.channels[0];
      return samples.map((value, at) => value - (drums?.[at] ?? 0));
    }),
  };
  for (let start = 0; start + size <= frames; start += size / 2) {
    const place = Math.floor((start + size / 2) / per);
    if (place >= leaks.length) break;
    for (const channel of mix.channels.keys()) {
      const [kept, whole, drums, others] = [stem, mix, truth, rest].map(audio =>
        powers(audio, channel, start),
      );
      for (let bin = 1; bin < fft.binCount; bin++) {
        const share = (kept?.[bin] ?? 0) / Math.max(1e-12, whole?.[bin] ?? 0);
        leaks[place]! += share * (others?.[bin] ?? 0);
        all[place]! += share * ((others?.[bin] ?? 0) + (drums?.[bin] ?? 0));
      }
    }
  }
  const mean = all.reduce((sum, value) => sum + value, 0) / Math.max(1, all.length);
  return leaks.map((leak, place) => leak / Math.max(1e-12, (all[place] ?? 0) + SILENCE * mean));
}

/** A curve of `perSecond` values a second as means over `seconds`. */
export function meansPer(curve: Float32Array, perSecond: number, seconds: number): Float64Array {
  const count = Math.floor(curve.length / perSecond / seconds);
  return Float64Array.from({ length: count }, (_, place) => {
    const from = Math.round(place * seconds * perSecond);
    const to = Math.round((place + 1) * seconds * perSecond);
    return curve.subarray(from, to).reduce((sum, value) => sum + value, 0) / Math.max(1, to - from);
  });
}
