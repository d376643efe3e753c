import { describe, expect, it } from 'vitest';
import { DrumSeparator, type SeparatedAudio } from '#shared/analysis';
import type { PlanarAudio } from '#shared/model';
import { noise, nullDecibels, silence, song, together, tone } from '#test/audio';
import { drumTrack, rockBars } from '#test/drum-sounds';
import { songSdr } from '#test/separation-scores';

interface Stems {
  readonly drums: PlanarAudio;
  readonly residual: PlanarAudio;
}

/** Separates `mix` handed over in pieces whose lengths are drawn from `lengths` in turn. */
function separated(mix: PlanarAudio, lengths: readonly number[] = [65_536]): Stems {
  const { sampleRate, channels } = mix;
  const separator = new DrumSeparator({ sampleRate, channelCount: channels.length });
  const pieces: SeparatedAudio[] = [];
  const total = channels[0]?.length ?? 0;
  for (let start = 0, turn = 0; start < total; turn++) {
    const end = start + (lengths[turn % lengths.length] ?? total);
    pieces.push(separator.push(channels.map(channel => channel.subarray(start, end))));
    start = end;
  }
  pieces.push(separator.finish());
  const joined = (part: 'drums' | 'residual'): PlanarAudio => ({
    sampleRate,
    channels: channels.map((_, index) =>
      Float32Array.from(pieces.flatMap(piece => [...(piece[part][index] ?? [])])),
    ),
  });
  return { drums: joined('drums'), residual: joined('residual') };
}

function sum(...sounds: readonly PlanarAudio[]): PlanarAudio {
  const [first] = sounds;
  return {
    sampleRate: first?.sampleRate ?? 44_100,
    channels: (first?.channels ?? []).map((channel, index) =>
      channel.map((_, frame) =>
        sounds.reduce((all, sound) => all + (sound.channels[index]?.[frame] ?? 0), 0),
      ),
    ),
  };
}

const chord = (sampleRate: number): PlanarAudio =>
  sum(...[110, 277, 330, 440].map(hertz => tone(hertz, 4, sampleRate, 0.08)));

describe('DrumSeparator', () => {
  it.each([44_100, 48_000])('takes drums out of a held chord at %i Hz', sampleRate => {
    const drums = drumTrack(rockBars(120, 2), 4, sampleRate);
    const mix = sum(drums, chord(sampleRate));
    const stems = separated(mix);
    expect(songSdr(stems.drums, drums)).toBeGreaterThan(songSdr(mix, drums) + 6);
    expect(songSdr(stems.drums, drums)).toBeGreaterThan(10);
  });

  it('keeps the boom of a kick under a held bass note', () => {
    const kicks = drumTrack(
      [0.5, 1, 1.5, 2, 2.5].map(at => ({ at, sound: 'kick' as const })),
      3,
    );
    const mix = sum(kicks, tone(82, 3, 44_100, 0.2));
    expect(songSdr(separated(mix).drums, kicks)).toBeGreaterThan(songSdr(mix, kicks) + 5);
  });

  it('gives drums and residual that add up to the mix', () => {
    const mix = song(2);
    const { drums, residual } = separated(mix);
    expect(nullDecibels(sum(drums, residual), mix)).toBeLessThan(-140);
  });

  it('gives the same however the mix is cut into pieces', () => {
    const mix = together([noise('left', 1), noise('right', 1)]);
    const whole = separated(mix, [44_100]);
    for (const lengths of [[1000], [1, 777, 3, 9999]]) expect(separated(mix, lengths)).toEqual(whole);
  });

  it.each([0, 1, 511, 2048, 5000])('gives back as many frames as it took: %i', frames => {
    const mix = { sampleRate: 44_100, channels: [new Float32Array(frames).fill(0.25)] };
    expect(separated(mix).drums.channels[0]).toHaveLength(frames);
    expect(nullDecibels(sum(separated(mix).drums, separated(mix).residual), mix)).toBeLessThan(-140);
  });

  it('leaves silence silent', () => {
    const { drums, residual } = separated(silence(0.5));
    expect([drums, residual].every(stem => stem.channels[0]?.every(value => value === 0))).toBe(true);
  });

  it('leaves a sound where it stands between left and right', () => {
    const drums = drumTrack(rockBars(120, 1), 2);
    const { drums: found } = separated(together([drums, silence(2)]));
    expect(songSdr(found, together([drums, silence(2)]))).toBeGreaterThan(8);
    expect(Math.max(...(found.channels[1] ?? []).map(Math.abs))).toBeLessThan(1e-6);
  });

  it('hears a mono mix as it hears the same on two channels', () => {
    const mono = separated(song(1, 1)).drums;
    const [one = silence(0).channels[0]] = song(1, 1).channels;
    const stereo = separated({
      sampleRate: 44_100,
      channels: [one, one].flatMap(channel => channel ?? []),
    }).drums;
    const [left = new Float32Array()] = stereo.channels;
    expect(nullDecibels(mono, { sampleRate: 44_100, channels: [left] })).toBeLessThan(-120);
  });
});
