import { describe, expect, it } from 'vitest';
import {
  applySliceEdits,
  chooseOnsets,
  endOfDecay,
  fadeEnds,
  fadeLengths,
  nearestFoot,
  normalisingGain,
  type Onset,
  OnsetDetector,
  peakOf,
  marksOfOnsets,
  planSlices,
  sliceQuality,
  tailLimits,
  takeScore,
  velocityOf,
} from '#shared/analysis';
import { type PlanarAudio, type StrokeClass, USUAL_HEARING } from '#shared/model';
import { noise, silence, tone } from '#test/audio';
import { drumTrack, hat } from '#test/drum-sounds';
import { kick } from '#test/hits';

const RATE = 44_100;
const frames = (milliseconds: number): number => Math.round((milliseconds / 1000) * RATE);
const marks = (onsetFrames: readonly number[]) =>
  marksOfOnsets(onsetFrames.map(frame => ({ frame, time: frame / RATE, strength: 0.5 })));
const plan = (onsets: readonly number[], options = {}) =>
  planSlices(marks(onsets.map(frames)), 10 * RATE, RATE, { ...USUAL_HEARING, ...options });

describe('planSlices', () => {
  it('begins each slice a pre-roll before its onset and ends it where the next begins', () => {
    const [first, second] = plan([100, 600], { preRollMs: 2 });
    expect(first).toMatchObject({
      startFrame: frames(100) - frames(2),
      limitFrame: frames(600) - frames(2),
      isCutByNext: true,
    });
    expect(second).toMatchObject({ onsetFrame: frames(600), isCutByNext: false });
  });

  it('keeps two strokes 25 ms apart as one flam', () => {
    const slices = plan([100, 125, 600]);
    expect(slices.map(slice => slice.flamFrames)).toEqual([frames(125) - frames(100), null]);
  });

  it('cuts them apart when flams are split or the flam limit is 0', () => {
    for (const options of [{ flams: 'split' }, { flamMs: 0 }] as const) {
      const slices = plan([100, 125], options);
      expect(slices.map(slice => slice.onsetFrame)).toEqual([frames(100), frames(125)]);
      expect(slices[0]?.limitFrame).toBe(slices[1]?.startFrame);
    }
  });

  it('takes a roll for what it is: a third stroke past the limit begins another slice', () => {
    expect(plan([100, 130, 160, 190])).toHaveLength(2);
  });

  it('is no longer than the longest slice, and stays inside the stem', () => {
    const [only] = planSlices(marks([0]), 1000, RATE);
    expect(only).toMatchObject({ startFrame: 0, limitFrame: 1000 });
    expect(plan([0], { maxSeconds: 0.5 })[0]?.limitFrame).toBe(RATE / 2);
  });

  it('counts onsets at one frame once, and those past the stem not at all', () => {
    const onsets = [500, 500, 5000].map(frame => ({ frame, time: frame / RATE, strength: 0.5 }));
    expect(applySliceEdits(onsets, [], { sampleRate: RATE, stemFrames: 2000 })).toHaveLength(1);
  });
});

describe('endOfDecay', () => {
  const ring = (constant: number, seconds = 2): PlanarAudio => ({
    sampleRate: RATE,
    channels: [
      Float32Array.from(
        { length: seconds * RATE },
        (_, frame) => Math.exp(-frame / (constant * RATE)) * Math.sin(frame / 10),
      ),
    ],
  });

  it('ends a hit 60 dB under its peak', () => {
    // 60 dB are ln(1000) time constants.
    const end = endOfDecay(ring(0.1), 0) / RATE;
    expect(end).toBeGreaterThan(0.67);
    expect(end).toBeLessThan(0.72);
  });

  it('leaves a hit whole that does not die away', () => {
    expect(endOfDecay(tone(200, 1), 0)).toBe(RATE);
  });

  it('does not take the dip of a beat for the end', () => {
    const beating: PlanarAudio = {
      sampleRate: RATE,
      channels: [
        Float32Array.from(
          { length: RATE },
          (_, frame) => Math.sin(frame / 20) * Math.cos((frame * 6 * Math.PI) / RATE),
        ),
      ],
    };
    expect(endOfDecay(beating, 0)).toBe(RATE);
  });

  it('ends silence at once', () => {
    expect(endOfDecay(silence(1), 0)).toBeLessThan(frames(10));
  });
});

describe('fades', () => {
  it('are raised cosines that leave the attack alone', () => {
    const lengths = fadeLengths(frames(200), frames(2), { fadeMs: 3, isRinging: false }, RATE);
    expect(lengths).toEqual({ fadeInFrames: frames(2), fadeOutFrames: frames(3) });
    const audio = { sampleRate: RATE, channels: [new Float32Array(frames(200)).fill(1)] };
    fadeEnds(audio, lengths);
    const [samples] = audio.channels;
    expect(samples?.[0]).toBeLessThan(0.001);
    expect(samples?.[Math.round(frames(2) / 2)]).toBeCloseTo(0.5, 1);
    expect(samples?.slice(frames(2), -frames(3)).every(value => value === 1)).toBe(true);
    expect(samples?.at(-1)).toBeLessThan(0.001);
  });

  it('never meet in a slice of a few frames', () => {
    for (const count of [1, 2, 3, 10]) {
      const { fadeInFrames, fadeOutFrames } = fadeLengths(
        count,
        count - 1,
        { fadeMs: 3, isRinging: true },
        RATE,
      );
      expect(fadeInFrames + fadeOutFrames).toBeLessThanOrEqual(count);
    }
  });

  it('normalise a peak to -1 dBFS and leave silence alone', () => {
    const audio = kick({ level: 0.1 });
    const peak = peakOf({ sampleRate: RATE, channels: [audio.samples] });
    expect(20 * Math.log10(peak * normalisingGain(peak))).toBeCloseTo(-1, 9);
    expect(normalisingGain(0)).toBe(1);
  });
});

describe('sliceQuality', () => {
  const slice: PlanarAudio = { sampleRate: RATE, channels: [kick().samples] };

  it('is lower where something sounds before, where the tail is cut off, and where it clips', () => {
    const clean = sliceQuality(silence(0.02), slice, 0);
    const bled = sliceQuality(noise('bleed', 0.02, RATE, 0.1), slice, 0);
    const cut = sliceQuality(
      silence(0.02),
      { sampleRate: RATE, channels: [kick().samples.subarray(0, frames(60))] },
      0,
    );
    const clipped = sliceQuality(
      silence(0.02),
      { sampleRate: RATE, channels: [kick().samples.map(value => Math.max(-1, Math.min(1, 2 * value)))] },
      0,
    );
    expect(clean.clipped_frames).toBe(0);
    expect(clipped.clipped_frames).toBeGreaterThan(100);
    for (const worse of [bled, cut, clipped]) expect(takeScore(worse, 1)).toBeLessThan(takeScore(clean, 1));
  });

  it('measures the distance to what sounds before in dB', () => {
    const quality = sliceQuality(tone(500, 0.02, RATE, 0.01), tone(500, 0.2, RATE, 0.5), 0);
    expect(quality.signal_to_floor_db).toBeCloseTo(20 * Math.log10(50), 1);
  });
});

describe('velocityOf', () => {
  it('is 1 for the loudest hit and the square root of the amplitude below', () => {
    expect(velocityOf(0.4, 0.4)).toBe(1);
    expect(velocityOf(0.1, 0.4)).toBeCloseTo(0.5, 9);
    expect(velocityOf(0, 0)).toBe(0);
  });
});

describe('chooseOnsets', () => {
  it('gives what the detector itself gives at that sensitivity', () => {
    const { channels, sampleRate } = drumTrack(
      Array.from({ length: 16 }, (_, index) => hat(0.25 * index + 0.1, 0.5 * 0.6 ** index)),
      4.5,
    );
    const [samples = new Float32Array(0)] = channels;
    const heardAt = (sensitivity: number): readonly Onset[] => {
      const detector = new OnsetDetector({ sampleRate, sensitivity, peak: 0.5 });
      return [...detector.push(samples), ...detector.finish()];
    };
    const onsets = [...heardAt(1)];
    const counts = [0, 0.3, 0.6, 1].map(sensitivity => {
      const chosen = chooseOnsets({ onsets }, { sensitivity });
      expect(chosen).toEqual(heardAt(sensitivity));
      return chosen.length;
    });
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1)).toBeGreaterThan(counts[0] ?? 0);
  });

  it('chooses strokes drum by drum, by the probabilities that their model asks for', () => {
    const onset = {
      time: 0,
      frame: 0,
      strength: 0.9,
      strokes: [
        { class: 'kick' as const, probability: 0.6, velocity: 0.8 },
        { class: 'chh' as const, probability: 0.3, velocity: 0.4 },
      ],
    };
    const file = { onsets: [onset], thresholds: { kick: 0.5, chh: 0.4 } };
    const classes = (sensitivities: Partial<Record<StrokeClass, number>>): string[] =>
      chooseOnsets(file, { sensitivity: 0.5, sensitivities }).flatMap(({ strokes = [] }) =>
        strokes.map(stroke => stroke.class),
      );
    expect(classes({})).toEqual(['kick']);
    expect(classes({ chh: 0.8 })).toEqual(['kick', 'chh']);
    expect(classes({ kick: 0.1 })).toEqual([]);
  });
});

describe('tailLimits', () => {
  const stroke = (drum: StrokeClass) => [{ class: drum, probability: 0.9, velocity: 0.8 }];
  const struck = (drums: readonly StrokeClass[]) =>
    planSlices(
      marksOfOnsets(
        drums.map((drum, index) => {
          const frame = frames(200 * index + 100);
          return { frame, time: frame / RATE, strength: 0.9, strokes: stroke(drum) };
        }),
      ),
      10 * RATE,
      RATE,
    );
  const room = { stemFrames: 10 * RATE, longestFrames: 2 * RATE };

  it('let a hit ring over what is not heard in it, until its own choke group strikes', () => {
    const planned = struck(['ohh', 'kick', 'chh']);
    const [limit] = tailLimits(planned, [1, 0.01, 0.01], 'choke', room);
    expect(limit).toBe(planned[2]?.startFrame);
  });

  it('end a hit where another stroke would be heard in it', () => {
    const planned = struck(['crash', 'snare']);
    expect(tailLimits(planned, [1, 0.5], 'choke', room)[0]).toBe(planned[1]?.startFrame);
    expect(tailLimits(planned, [1, 0.5], 'decay', room)[0]).toBeGreaterThan(planned[1]?.startFrame ?? 0);
  });
});

describe('nearestFoot', () => {
  it('finds where the attack begins that the user points at about', () => {
    const samples = new Float32Array(frames(100));
    samples.set(kick().samples.subarray(0, frames(50)), frames(50));
    for (const off of [-6, 5]) {
      const found = nearestFoot(samples, frames(50 + off), RATE);
      expect(Math.abs(found - frames(50))).toBeLessThan(frames(1));
    }
  });
});
