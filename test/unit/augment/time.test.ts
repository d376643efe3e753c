import { describe, expect, it } from 'vitest';
import { augmented, inTurn, stretchedBy, shiftedBy } from '#shared/augment';
import type { PlanarAudio } from '#shared/model';
import { CONTEXT, knocks, RATE, samplesOf, through, tone } from '#test/augment';

const TIMES = [0.25, 0.7, 1.1, 1.55];

/** Where knocks begin: first frames over a threshold after 40 ms without. */
function heardIn(audio: PlanarAudio): number[] {
  const samples = samplesOf(audio);
  const times: number[] = [];
  let last = -Infinity;
  for (let frame = 0; frame < samples.length; frame++) {
    if (Math.abs(samples[frame]!) < 0.12) continue;
    if (frame - last > 0.04 * RATE) times.push(frame / RATE);
    last = frame;
  }
  return times;
}

/** By how much the farthest knock is heard away from where the warp says, seconds; Infinity where one is missing or too many. */
function farthest({ audio, warp }: ReturnType<typeof through>): number {
  const told = TIMES.flatMap(time => [...warp(time)]).sort((a, b) => a - b);
  const heard = heardIn(audio);
  if (heard.length !== told.length) return Infinity;
  return Math.max(0, ...told.map((time, index) => Math.abs((heard[index] ?? 0) - time)));
}

describe('labels follow the sound through', () => {
  const audio = knocks(TIMES);

  it.each([
    ['Shift', { seconds: 0.1, rollover: false, fade: 0 }],
    ['Shift', { seconds: -0.5, rollover: false, fade: 0 }],
    ['Shift', { seconds: 0.6, rollover: true, fade: 0 }],
    ['RepeatPart', { from: 0.6, seconds: 0.3, repeats: 2, crossfade: 0.005 }],
    ['TimeMask', { from: 0.6, seconds: 0.2, fade: 0.005 }],
    ['Trim', { topDecibels: 30 }],
    ['Padding', { fraction: 0.5, mode: 'silence', section: 'end' }],
    ['Padding', { fraction: 0.3, mode: 'silence', section: 'start' }],
    ['AdjustDuration', { seconds: 3, from: 0, padsStart: true }],
    ['AdjustDuration', { seconds: 1, from: 0.5, padsStart: false }],
    ['RandomCrop', { from: 0.5, seconds: 0.8 }],
    [
      'SpliceOut',
      {
        cuts: [
          { from: 20_000, frames: 400 },
          { from: 60_000, frames: 300 },
        ],
      },
    ],
    [
      'WowAndFlutter',
      {
        waves: [
          { hertz: 0.8, depth: 0.01, phase: 1 },
          { hertz: 7, depth: 0.003, phase: 2 },
        ],
      },
    ],
  ])('%s %o', (name, params) => {
    expect(farthest(through(name, audio, params))).toBeLessThan(0.001);
  });

  it('Reverse leaves no onset to label', () => {
    const { audio: turned, warp } = through('Reverse', audio, {});
    expect(samplesOf(turned)[0]).toBe(samplesOf(audio).at(-1));
    expect(TIMES.flatMap(time => [...warp(time)])).toEqual([]);
  });

  it('a chain of steps, one warp after the other', () => {
    const steps = [
      { name: 'Shift', params: { seconds: 0.1, rollover: false, fade: 0 } },
      { name: 'WowAndFlutter', params: { waves: [{ hertz: 1, depth: 0.01, phase: 0 }] } },
      { name: 'RandomCrop', params: { from: 0.2, seconds: 1.5 } },
    ];
    expect(farthest(augmented(audio, steps, CONTEXT))).toBeLessThan(0.001);
  });

  it.each([
    'Compressor',
    'Preamp',
    'VoiceCall',
    'Resample',
    'AirAbsorption',
    'Microphone',
    'RoomSimulator',
    'TanhDistortion',
  ])('%s adds no delay', name => {
    const params = {
      Compressor: {
        thresholdDecibels: -20,
        ratio: 3,
        attackMilliseconds: 5,
        releaseMilliseconds: 100,
        kneeDecibels: 6,
        lookaheadMilliseconds: 3,
        makeupDecibels: 0,
        mix: 1,
        sidechainHertz: null,
      },
      Preamp: { type: 'warm', drive: 0.5 },
      VoiceCall: { isWide: true },
      Resample: { sampleRate: 16_000 },
      AirAbsorption: { celsius: 20, humidity: 50, metres: 20 },
      Microphone: {
        type: 'condenser',
        distance: 1,
        angle: 0,
        fallsWithDistance: false,
        peakSpl: 90,
        hasNoise: false,
        seed: 1,
      },
      RoomSimulator: {
        keepsLength: true,
        room: {
          kind: 'room',
          size: [6, 5, 3],
          source: [2, 2, 0.8],
          microphone: [2.4, 2.2, 1.1],
          rt60: Array(7).fill(0.3),
          omni: 0.5,
          wet: 1,
          seed: 1,
        },
      },
      TanhDistortion: { distortion: 0.3 },
    }[name];
    const heard = samplesOf(through(name, audio, params).audio);
    const before = samplesOf(audio);
    // The lag at which both are most alike.
    const likeness = (lag: number): number =>
      before.reduce((sum, value, frame) => sum + value * (heard[frame + lag] ?? 0), 0);
    const lags = Array.from({ length: 81 }, (_, index) => index - 40);
    const best = lags.reduce((most, lag) => (likeness(lag) > likeness(most) ? lag : most), 0);
    expect(Math.abs(best)).toBeLessThan(10);
  });

  it('Dropouts and PacketLoss take the level away and leave time alone', () => {
    const gap = { gaps: [{ from: 0.5, seconds: 0.05, decibels: -40 }] };
    const { audio: gapped, warp } = through('Dropouts', tone(440), gap);
    expect(
      Math.max(
        ...samplesOf(gapped)
          .slice(0.51 * RATE, 0.54 * RATE)
          .map(Math.abs),
      ),
    ).toBeLessThan(0.02);
    expect(warp(0.7)).toEqual([0.7]);
    const lost = samplesOf(through('PacketLoss', tone(440), { loss: 1, conceal: false, seed: 1 }).audio);
    expect(lost.every(value => value === 0)).toBe(true);
    const held = samplesOf(through('PacketLoss', tone(440), { loss: 0.2, conceal: true, seed: 1 }).audio);
    expect(held).not.toEqual(samplesOf(tone(440)));
  });

  it('ApplyImpulseResponse takes out the response’s own delay and keeps the level', () => {
    const response = new Float32Array(2000);
    response[700] = 0.5;
    response[1500] = 0.2;
    const context = { ...CONTEXT, recording: () => ({ sampleRate: RATE, channels: [response] }) };
    const params = { recording: 'a'.repeat(64), keepsLength: true };
    const { audio: heard } = through('ApplyImpulseResponse', audio, params, context);
    expect(Math.abs((heardIn(heard)[0] ?? 0) - 0.25)).toBeLessThan(0.001);
  });

  it('warps join: first the one, then the other', () => {
    expect(inTurn(stretchedBy(2), shiftedBy(-1))(1)).toEqual([1]);
    expect(inTurn(stretchedBy(2), shiftedBy(-1))(0.25)).toEqual([]);
  });
});
