import { describe, expect, it } from 'vitest';
import { type Onset, OnsetDetector } from '#shared/analysis';
import type { PlanarAudio } from '#shared/model';
import { clicks, silence, tone } from '#test/audio';
import { drumTrack, hat, kick, rockBars, snare } from '#test/drum-sounds';

function onsetsOf(
  audio: PlanarAudio,
  { sensitivity = 0.5, pieceFrames = 65_536 } = {},
): { readonly onsets: Onset[]; readonly times: number[] } {
  const [samples = new Float32Array()] = audio.channels;
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const detector = new OnsetDetector({ sampleRate: audio.sampleRate, sensitivity, peak });
  const onsets: Onset[] = [];
  for (let start = 0; start < samples.length; start += pieceFrames) {
    onsets.push(...detector.push(samples.subarray(start, start + pieceFrames)));
  }
  onsets.push(...detector.finish());
  return { onsets, times: onsets.map(({ time }) => time) };
}

/** Largest distance between times of two lists, in ms; Infinity when they are not equally many. */
const worstMs = (found: readonly number[], wanted: readonly number[]): number =>
  found.length === wanted.length
    ? Math.max(...found.map((time, index) => 1000 * Math.abs(time - (wanted[index] ?? 0))))
    : Infinity;

const scaled = (audio: PlanarAudio, gain: number): PlanarAudio => ({
  ...audio,
  channels: audio.channels.map(channel => channel.map(value => gain * value)),
});

describe('OnsetDetector', () => {
  it.each([44_100, 48_000])('finds single frames in silence to a millisecond at %i Hz', sampleRate => {
    const times = [0.25, 0.5, 0.6, 1.2345];
    expect(worstMs(onsetsOf(clicks(times, 2, sampleRate)).times, times)).toBeLessThan(1.1);
  });

  it('puts each stroke of a groove at the foot of its attack', () => {
    const strokes = rockBars(110, 4, 0.1);
    const wanted = [...new Set(strokes.map(({ at }) => at))];
    expect(worstMs(onsetsOf(drumTrack(strokes, 9)).times, wanted)).toBeLessThan(3);
  });

  it('hears a hat in the decay of a snare', () => {
    const strokes = [snare(0.2, 0.8), hat(0.35, 0.2), hat(0.5, 0.2)];
    expect(worstMs(onsetsOf(drumTrack(strokes, 1)).times, [0.2, 0.35, 0.5])).toBeLessThan(4);
  });

  it('finds a stroke that begins the file', () => {
    expect(onsetsOf(drumTrack([kick(0), snare(0.5)], 1)).times[0]).toBeLessThan(0.003);
  });

  it.each([0.022, 0.025, 0.03])('tells the strokes of a flam %s s apart', apart => {
    const flam = [snare(0.5, 0.3), snare(0.5 + apart, 0.8)];
    expect(
      worstMs(
        onsetsOf(drumTrack(flam, 1)).times,
        flam.map(({ at }) => at),
      ),
    ).toBeLessThan(3);
  });

  it('takes one stroke for one', () => {
    for (const stroke of [kick(0.3), snare(0.3), hat(0.3)]) {
      expect(onsetsOf(drumTrack([stroke], 1)).onsets).toHaveLength(1);
    }
  });

  it('does not hear a tone that glides or goes on', () => {
    const glide = tone(400, 3);
    const samples = Float32Array.from({ length: 132_300 }, (_, frame) => {
      const time = frame / 44_100;
      return 0.5 * Math.sin(2 * Math.PI * 400 * time + 8 * Math.sin(2 * Math.PI * 4 * time));
    });
    const inside = (audio: PlanarAudio): number[] =>
      onsetsOf(audio).times.filter(time => time > 0.1 && time < 2.9);
    expect(inside(glide)).toEqual([]);
    expect(inside({ sampleRate: 44_100, channels: [samples] })).toEqual([]);
  });

  it('finds the same at any gain', () => {
    const audio = drumTrack(rockBars(97, 2), 5);
    expect(onsetsOf(scaled(audio, 0.01)).times).toEqual(onsetsOf(audio).times);
  });

  it('gives the same however the audio is cut into pieces', () => {
    const audio = drumTrack(rockBars(133, 1, 0.01), 2);
    const whole = onsetsOf(audio).onsets;
    for (const pieceFrames of [100, 1777, 44_100]) {
      expect(onsetsOf(audio, { pieceFrames }).onsets).toEqual(whole);
    }
  });

  it('finds fainter strokes at a higher sensitivity, and loses none', () => {
    const strokes = [snare(0.2, 0.9), hat(0.5, 0.003), hat(0.7, 0.03), snare(0.9, 0.9)];
    const counts = [0, 0.25, 0.5, 0.75, 1].map(
      sensitivity => onsetsOf(drumTrack(strokes, 1.2), { sensitivity }).onsets.length,
    );
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1)).toBeGreaterThan(counts[0] ?? 0);
  });

  it('calls a loud stroke stronger than a faint one', () => {
    const [loud, faint] = onsetsOf(drumTrack([snare(0.2, 0.9), snare(0.7, 0.05)], 1.2)).onsets;
    expect(loud?.strength).toBeGreaterThan(faint?.strength ?? 1);
  });

  it('finds nothing in silence or in nothing', () => {
    expect(onsetsOf(silence(1)).onsets).toEqual([]);
    expect(onsetsOf(silence(0)).onsets).toEqual([]);
  });
});
