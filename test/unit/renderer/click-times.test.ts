import { describe, expect, it } from 'vitest';
import { type Tempo, TempoMap } from '#shared/model';
import { type Click, clickTimes } from '../../../src-renderer/playback/click-times';

const TEMPO: Tempo = {
  bpm: 120,
  firstDownbeat: 0.3,
  meter: { numerator: 3, denominator: 4 },
  confidence: 1,
  beats: [],
  steady: true,
  downbeats: [],
  candidates: [],
  meters: [],
};

/** Plays from audio time 10 on, looked at every 40 ms as the window does. */
function clicked(tempo: Tempo, until: number, secondsAt: (time: number) => number | null): Click[] {
  const map = new TempoMap(tempo);
  const clicks: Click[] = [];
  for (let look = 0; 10 + (look + 1) * 0.04 < until; look++)
    clicks.push(...clickTimes(map, 10 + look * 0.04, 10 + (look + 1) * 0.04, secondsAt));
  return clicks;
}

const times = (clicks: readonly Click[]): number[] =>
  clicks.map(({ time }) => Math.round(1e4 * (time - 10)) / 1e4);

describe('clicks on the beats of a recording', () => {
  it('sound at every beat once, whatever stretches they are asked for, and tell bars from beats', () => {
    const clicks = clicked(TEMPO, 12.6, time => time - 10);
    expect(times(clicks)).toEqual([0.3, 0.8, 1.3, 1.8, 2.3]);
    expect(clicks.map(({ isBar }) => isBar)).toEqual([true, false, false, true, false]);
  });

  it('follow the beats of a recording that drifts', () => {
    const beats = [0.1, 0.62, 1.1, 1.66, 2.3];
    const drifting = { ...TEMPO, firstDownbeat: 0.62, beats, steady: false };
    expect(times(clicked(drifting, 12.5, time => time - 10))).toEqual(beats);
  });

  it('go round a loop with its first beat, and count from the place that is heard', () => {
    // From 0.3 to 1.55: beats at 0.3, 0.8 and 1.3, then at 0.3 again.
    const looped = clicked(TEMPO, 13, time => 0.3 + ((time - 10) % 1.25));
    expect(times(looped)).toEqual([0, 0.5, 1, 1.25, 1.75, 2.25, 2.5]);
    expect(looped.map(({ isBar }) => isBar)).toEqual([true, false, false, true, false, false, true]);
  });

  it('are silent before the play and after its end', () => {
    const map = new TempoMap(TEMPO);
    expect(clickTimes(map, 10, 10.2, () => null)).toEqual([]);
    const standing = clickTimes(map, 10, 12, time => Math.min(1, time - 10));
    expect(times(standing)).toEqual([0.3, 0.8]);
  });
});
