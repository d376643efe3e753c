import { describe, expect, it } from 'vitest';
import { AccentMeter, estimateTempo, OnsetDetector } from '#shared/analysis';
import { Random } from '#shared/base';
import type { PlanarAudio } from '#shared/model';
import { drumTrack, hat, kick, rockBars, snare } from '#test/drum-sounds';
import { fMeasure } from '#test/onset-scores';

function tempoOf(audio: PlanarAudio) {
  const [samples = new Float32Array()] = audio.channels;
  const { sampleRate } = audio;
  const detector = new OnsetDetector({ sampleRate, sensitivity: 0.5, peak: 0.8 });
  const onsets = [...detector.push(samples), ...detector.finish()];
  const meter = new AccentMeter(sampleRate, onsets);
  meter.push(samples);
  return estimateTempo(meter.accents(), samples.length / sampleRate);
}

describe('estimateTempo', () => {
  it.each([72, 97, 120, 138.5, 170])('finds %d BPM to a fifth of a per cent, and every beat', tempo => {
    const beat = 60 / tempo;
    const found = tempoOf(drumTrack(rockBars(tempo, 8, 0.2), 0.2 + 32 * beat));
    expect(Math.abs((found?.bpm ?? 0) / tempo - 1)).toBeLessThan(0.002);
    const beats = Array.from({ length: 32 }, (_, index) => 0.2 + index * beat);
    expect(fMeasure(found?.beats ?? [], beats, 0.02)).toBeGreaterThan(0.96);
  });

  it('follows a drummer whose strokes wander by 10 ms', () => {
    const random = Random.ofSeed(4).fork('late');
    const strokes = rockBars(104, 8, 0.3, () => random.between(-0.01, 0.01));
    expect(Math.abs((tempoOf(drumTrack(strokes, 19))?.bpm ?? 0) - 104)).toBeLessThan(0.5);
  });

  it('begins the bar with the kick, whatever stroke the recording begins with', () => {
    const beat = 60 / 100;
    for (const skipped of [0, 1, 2, 3]) {
      const strokes = rockBars(100, 8, -skipped * beat + 0.1).filter(
        ({ at, sound }) => at > 0 && sound !== 'hat',
      );
      const found = tempoOf(drumTrack([...strokes, ...fills(skipped, beat)], 18));
      const bars = ((found?.firstDownbeat ?? 0) - 0.1 + skipped * beat) / beat;
      expect(Math.abs(bars - 2 * Math.round(bars / 2))).toBeLessThan(0.05);
      expect(found?.meter).toEqual({ numerator: 4, denominator: 4 });
    }
  });

  it('hears a waltz as three to the bar', () => {
    const beat = 60 / 150;
    const strokes = Array.from({ length: 48 }, (_, index) =>
      index % 3 === 0 ? kick(0.1 + index * beat, 0.8) : snare(0.1 + index * beat, 0.3),
    );
    expect(tempoOf(drumTrack(strokes, 20))?.meter).toEqual({ numerator: 3, denominator: 4 });
  });

  it('is surer of a machine than of strokes without a pulse', () => {
    const random = Random.ofSeed(9).fork('chaos');
    const chaos = Array.from({ length: 60 }, () => hat(random.between(0, 20), 0.4));
    const machine = tempoOf(drumTrack(rockBars(120, 8), 16))?.confidence ?? 0;
    expect(machine).toBeGreaterThan(0.6);
    expect(tempoOf(drumTrack(chaos, 20))?.confidence ?? 0).toBeLessThan(machine / 2);
  });

  it('answers null where there are too few strokes', () => {
    expect(tempoOf(drumTrack([kick(0.5), snare(1)], 3))).toBeNull();
    expect(estimateTempo([], 0)).toBeNull();
  });
});

/** A kick on the first of two bars, which tells one from three. */
const fills = (skipped: number, beat: number) =>
  Array.from({ length: 8 }, (_, bar) => kick(0.1 + (bar * 4 - skipped + 0.5) * beat, 0.4)).filter(
    ({ at }) => at > 0,
  );
