import { describe, expect, it } from 'vitest';
import { MixSchema, PLAIN_BUS, PLAIN_MIX } from '#shared/model';
import { faderDecibels, faderPlace } from '../../../src-renderer/screens/groove/fader-law';
import {
  busOf,
  setBus,
  setCeiling,
  setCompressor,
  setMasterGain,
  switchBus,
  switchCompressor,
} from '../../../src-renderer/screens/groove/mixer-changes';

describe('changes of the mix', () => {
  it('are called what they do', () => {
    expect(setBus(PLAIN_MIX, 'ACCENT', [['gainDecibels', 2]]).label).toBe('Accent bus +2.0 dB');
    expect(setBus(PLAIN_MIX, 'CORE', [['pan', -0.3]]).label).toBe('Core bus pan 30 % left');
    expect(
      setBus(PLAIN_MIX, 'FILL', [
        ['mid', -4],
        ['midHertz', 1500],
      ]).label,
    ).toBe('Fill bus mid −4.0 dB, mid at 1.5 kHz');
    expect(switchBus(PLAIN_MIX, 'MOTION', 'muted').label).toBe('Mute the Motion bus');
    expect(setCompressor(PLAIN_MIX, 'ratio', 4).label).toBe('Compressor ratio 4.0 to 1');
    expect(setCeiling(PLAIN_MIX, -1).label).toBe('Limiter at −1.0 dBTP');
    expect(setMasterGain(PLAIN_MIX, -2).label).toBe('Master −2.0 dB');
  });

  it('leave mixes that the pattern’s schema takes', () => {
    const changes = [
      setBus(PLAIN_MIX, 'CORE', [
        ['low', 6],
        ['drive', 1],
      ]),
      switchBus(PLAIN_MIX, 'CORE', 'soloed'),
      switchCompressor(PLAIN_MIX, true),
      setCompressor(PLAIN_MIX, 'attackMilliseconds', 0.1),
      setCeiling(PLAIN_MIX, 0),
    ];
    for (const { mix } of changes) expect(MixSchema.parse(mix)).toEqual(mix);
  });

  it('change nothing but what they name', () => {
    const { mix } = setBus(setBus(PLAIN_MIX, 'CORE', [['low', 6]]).mix, 'MOTION', [['pan', 0.5]]);
    expect(busOf(mix, 'CORE')).toEqual({ ...PLAIN_BUS, equaliser: { ...PLAIN_BUS.equaliser, low: 6 } });
    expect(busOf(mix, 'MOTION')).toEqual({ ...PLAIN_BUS, pan: 0.5 });
    expect(busOf(mix, 'FILL')).toEqual(PLAIN_BUS);
    expect(mix.master).toBe(PLAIN_MIX.master);
  });

  it('taken back leave the plain mix, with no entry for a plain bus', () => {
    const { mix } = setBus(PLAIN_MIX, 'CORE', [['gainDecibels', 3]]);
    expect(setBus(mix, 'CORE', [['gainDecibels', 0]]).mix).toEqual(PLAIN_MIX);
    expect(switchCompressor(switchCompressor(PLAIN_MIX, true).mix, false).mix).toEqual(PLAIN_MIX);
  });

  it('are one gesture for one setting, and another for another', () => {
    const gesture = (...values: Parameters<typeof setBus>[2]) => setBus(PLAIN_MIX, 'CORE', values).gesture;
    expect(gesture(['gainDecibels', 1])).toBe(gesture(['gainDecibels', 2]));
    expect(gesture(['gainDecibels', 1])).not.toBe(gesture(['pan', 1]));
  });
});

describe('the fader', () => {
  it('stands at its marks evenly, 0 dB three quarters up', () => {
    expect([-60, -30, -12, 0, 12].map(faderPlace)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it('comes back to a tenth of a dB', () => {
    for (let tenths = -600; tenths <= 120; tenths++) {
      expect(faderDecibels(faderPlace(tenths / 10))).toBeCloseTo(tenths / 10, 9);
    }
  });

  it('stays within its ends', () => {
    expect([faderPlace(-99), faderPlace(99), faderDecibels(-1), faderDecibels(2)]).toEqual([0, 1, -60, 12]);
  });
});
