import { z } from 'zod';
import {
  bell,
  type BiquadCoefficients,
  highPass,
  highShelf,
  lowPass,
  lowShelf,
  throughSections,
} from '../../dsp';
import type { PlanarAudio } from '../../model';
import type { Augmented } from '../augmentation';
import { eachChannel, transform } from '../transform';

/** dB an octave: multiples of 12, or 6 for what runs forwards and backwards. */
const rolloff = z.number().min(6).max(96);
const passRanges = (low: number, high: number) =>
  z.object({
    min_cutoff_freq: z.number().positive().default(low),
    max_cutoff_freq: z.number().positive().default(high),
    min_rolloff: rolloff.default(12),
    max_rolloff: rolloff.default(24),
    zero_phase: z.boolean().default(false),
  });
const PassParams = z.object({ hertz: z.number().positive(), rolloff, zeroPhase: z.boolean() });
type Pass = z.infer<typeof PassParams>;

/** Qs of a Butterworth filter's second-order sections. */
const butterworth = (sections: number): number[] =>
  Array.from(
    { length: sections },
    (_, index) => 1 / (2 * Math.cos((Math.PI * (2 * index + 1)) / (4 * sections))),
  );

/** Both directions double the slope, so half the sections do. */
const sectionsOf = ({ rolloff: slope, zeroPhase }: Pick<Pass, 'rolloff' | 'zeroPhase'>): number =>
  Math.max(1, Math.round(slope / (zeroPhase ? 24 : 12)));

export const filtered = (
  audio: PlanarAudio,
  sections: readonly BiquadCoefficients[],
  bothWays = false,
): Augmented => eachChannel(audio, samples => throughSections(samples, sections, bothWays));

/** Half the sample rate cannot be passed. */
const within = (hertz: number, { sampleRate }: PlanarAudio): number => Math.min(hertz, 0.49 * sampleRate);

const drawPass = (
  random: { between: (low: number, high: number) => number },
  ranges: z.infer<ReturnType<typeof passRanges>>,
): Pass => ({
  hertz: melBetween(random, ranges.min_cutoff_freq, ranges.max_cutoff_freq),
  rolloff: Math.round(random.between(ranges.min_rolloff, ranges.max_rolloff) / 12) * 12,
  zeroPhase: ranges.zero_phase,
});

/** Drawn evenly by octaves. */
const melBetween = (
  random: { between: (low: number, high: number) => number },
  low: number,
  high: number,
): number => Math.exp(random.between(Math.log(low), Math.log(high)));

export const lowPassFilter = transform({
  name: 'LowPassFilter',
  ranges: passRanges(150, 7500),
  params: PassParams,
  draw: drawPass,
  apply: (audio, params) =>
    filtered(
      audio,
      butterworth(sectionsOf(params)).map(q => lowPass(audio.sampleRate, within(params.hertz, audio), q)),
      params.zeroPhase,
    ),
});

export const highPassFilter = transform({
  name: 'HighPassFilter',
  ranges: passRanges(20, 2400),
  params: PassParams,
  draw: drawPass,
  apply: (audio, params) =>
    filtered(
      audio,
      butterworth(sectionsOf(params)).map(q => highPass(audio.sampleRate, within(params.hertz, audio), q)),
      params.zeroPhase,
    ),
});

const BandRanges = z.object({
  min_center_freq: z.number().positive().default(200),
  max_center_freq: z.number().positive().default(4000),
  min_bandwidth_fraction: z.number().positive().default(0.5),
  max_bandwidth_fraction: z.number().positive().max(1.999).default(1.99),
  min_rolloff: rolloff.default(12),
  max_rolloff: rolloff.default(24),
  zero_phase: z.boolean().default(false),
});
const BandParams = z.object({
  low: z.number().positive(),
  high: z.number().positive(),
  rolloff,
  zeroPhase: z.boolean(),
});

const drawBand = (
  random: { between: (low: number, high: number) => number },
  ranges: z.infer<typeof BandRanges>,
): z.infer<typeof BandParams> => {
  const centre = melBetween(random, ranges.min_center_freq, ranges.max_center_freq);
  const width = centre * random.between(ranges.min_bandwidth_fraction, ranges.max_bandwidth_fraction);
  return {
    low: Math.max(5, centre - width / 2),
    high: centre + width / 2,
    rolloff: Math.round(random.between(ranges.min_rolloff, ranges.max_rolloff) / 12) * 12,
    zeroPhase: ranges.zero_phase,
  };
};

const bandSections = (audio: PlanarAudio, params: z.infer<typeof BandParams>) => {
  const qs = butterworth(sectionsOf(params));
  return {
    under: qs.map(q => lowPass(audio.sampleRate, within(params.low, audio), q)),
    over: qs.map(q => highPass(audio.sampleRate, within(params.high, audio), q)),
    above: qs.map(q => highPass(audio.sampleRate, within(params.low, audio), q)),
    below: qs.map(q => lowPass(audio.sampleRate, within(params.high, audio), q)),
  };
};

export const bandPassFilter = transform({
  name: 'BandPassFilter',
  ranges: BandRanges,
  params: BandParams,
  draw: drawBand,
  apply: (audio, params) => {
    const { above, below } = bandSections(audio, params);
    return filtered(audio, [...above, ...below], params.zeroPhase);
  },
});

/** What is under the band and what is over it, added. */
export const bandStopFilter = transform({
  name: 'BandStopFilter',
  ranges: BandRanges,
  params: BandParams,
  draw: drawBand,
  apply: (audio, params) => {
    const { under, over } = bandSections(audio, params);
    const low = filtered(audio, under, params.zeroPhase).audio;
    const high = filtered(audio, over, params.zeroPhase).audio;
    return eachChannel(low, (samples, channel) =>
      samples.map((value, frame) => value + (high.channels[channel]?.[frame] ?? 0)),
    );
  },
});

const BellParams = z.object({
  hertz: z.number().positive(),
  decibels: z.number(),
  octaves: z.number().positive(),
});
const shelfRanges = (low: number, high: number) =>
  z.object({
    min_center_freq: z.number().positive().default(low),
    max_center_freq: z.number().positive().default(high),
    min_gain_db: z.number().default(-18),
    max_gain_db: z.number().default(18),
  });
const ShelfParams = BellParams.omit({ octaves: true });

const drawShelf = (
  random: { between: (low: number, high: number) => number },
  ranges: z.infer<ReturnType<typeof shelfRanges>>,
) => ({
  hertz: melBetween(random, ranges.min_center_freq, ranges.max_center_freq),
  decibels: random.between(ranges.min_gain_db, ranges.max_gain_db),
});

export const lowShelfFilter = transform({
  name: 'LowShelfFilter',
  ranges: shelfRanges(50, 4000),
  params: ShelfParams,
  draw: drawShelf,
  apply: (audio, { hertz, decibels }) =>
    filtered(audio, [lowShelf(audio.sampleRate, within(hertz, audio), decibels)]),
});

export const highShelfFilter = transform({
  name: 'HighShelfFilter',
  ranges: shelfRanges(300, 7500),
  params: ShelfParams,
  draw: drawShelf,
  apply: (audio, { hertz, decibels }) =>
    filtered(audio, [highShelf(audio.sampleRate, within(hertz, audio), decibels)]),
});

/** Octaves between the points of half its dB, for a Q of the cookbook's. */
const octavesOf = (q: number): number => (2 * Math.asinh(1 / (2 * q))) / Math.LN2;

export const peakingFilter = transform({
  name: 'PeakingFilter',
  ranges: z.object({
    min_center_freq: z.number().positive().default(50),
    max_center_freq: z.number().positive().default(7500),
    min_gain_db: z.number().default(-24),
    max_gain_db: z.number().default(24),
    min_q: z.number().positive().default(0.5),
    max_q: z.number().positive().default(5),
  }),
  params: BellParams,
  draw: (random, ranges) => ({
    ...drawShelf(random, ranges),
    octaves: octavesOf(random.between(ranges.min_q, ranges.max_q)),
  }),
  apply: (audio, { hertz, decibels, octaves }) =>
    filtered(audio, [bell(audio.sampleRate, within(hertz, audio), octaves, decibels)]),
});

/** Centres of the seven bands, Hz; the outer ones are shelves. */
const SEVEN = [60, 200, 500, 1200, 2800, 6000, 10_000] as const;

export const sevenBandParametricEq = transform({
  name: 'SevenBandParametricEQ',
  ranges: z.object({ min_gain_db: z.number().default(-12), max_gain_db: z.number().default(12) }),
  params: z.object({ decibels: z.array(z.number()).length(SEVEN.length) }),
  draw: (random, { min_gain_db, max_gain_db }) => ({
    decibels: SEVEN.map(() => random.between(min_gain_db, max_gain_db)),
  }),
  apply: (audio, { decibels }) =>
    filtered(
      audio,
      SEVEN.map((hertz, band) => {
        const level = decibels[band] ?? 0;
        if (band === 0) return lowShelf(audio.sampleRate, hertz, level);
        if (band === SEVEN.length - 1) return highShelf(audio.sampleRate, within(hertz, audio), level);
        return bell(audio.sampleRate, within(hertz, audio), 1.2, level);
      }),
    ),
});
