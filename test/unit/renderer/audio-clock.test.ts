import { describe, expect, it } from 'vitest';
import { AudioClock } from '../../../src-renderer/playback/audio-clock';

describe('the audio clock beside the page’s', () => {
  const BLOCK = 0.02;
  /** What the audio clock shows: it leads by 3 s and moves in blocks. */
  const shown = (seconds: number): number => Math.floor((seconds + 3) / BLOCK) * BLOCK;

  it('is told to a thousandth though it moves in blocks, and there and back', () => {
    const clock = new AudioClock();
    for (let at = 1; at < 3; at += 0.0257) clock.read(shown(at), at * 1000);
    expect(Math.abs(clock.timeAt(2500) - 5.5)).toBeLessThan(1e-3);
    expect(clock.millisecondsAt(clock.timeAt(2500))).toBeCloseTo(2500, 6);
  });

  it('never jumps back by more than clocks drift', () => {
    const clock = new AudioClock();
    let before = -Infinity;
    for (let at = 1; at < 9; at += 0.0257) {
      clock.read(shown(at), at * 1000);
      const lead = clock.timeAt(0);
      expect(lead).toBeGreaterThan(before - 1e-5);
      before = lead;
    }
  });

  it('begins anew when the audio clock stood still', () => {
    const clock = new AudioClock();
    clock.read(5, 1000);
    clock.read(5.02, 4000);
    expect(clock.timeAt(4000)).toBeCloseTo(5.02, 6);
  });
});
