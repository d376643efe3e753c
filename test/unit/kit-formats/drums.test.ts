import { describe, expect, it } from 'vitest';
import { instrumentOfName, instrumentsOf } from '#shared/kit-formats';

describe('what a pad of a kit is', () => {
  it.each([
    ['Hat Semi-Open', 'ohh'],
    ['Open HH', 'ohh'],
    ['HatOpen', 'ohh'],
    ['Hi Hat Opened', 'ohh'],
    ['Closed HH', 'chh'],
    ['hihat_03', 'chh'],
    ['Sabian Hat Pedal', 'phh'],
    ['Pearl Side Stick', 'rim'],
    ['Snare Rimshot', 'snare'],
    ['BassDrum', 'kick'],
    ['BD1', 'kick'],
    ['Tom Floor', 'lt'],
    ['Tom 1', 'ht'],
    ['Pearl Tom 2', 'mt'],
    ['Ride Bell', 'ride'],
    ['Zildjian Splash', 'crash'],
    ['Finger Snaps', 'clap'],
    ['Cajon Slap', 'perc'],
    ['Crash Left', 'crash'],
    ['17', null],
    ['Bridge', null],
  ] as const)('%s is %s by its name', (name, instrument) => {
    expect(instrumentOfName(name)).toBe(instrument);
  });

  it('is told by General MIDI’s notes where names say nothing, unless the named pads lie elsewhere', () => {
    expect(
      instrumentsOf([
        { name: 'Kick', note: 36 },
        { name: 'Thing', note: 38 },
      ])[1],
    ).toEqual({ instrument: 'snare', by: 'note' });
    expect(
      instrumentsOf([
        { name: 'Crash', note: 36 },
        { name: 'Thing', note: 38 },
      ])[1],
    ).toBeNull();
  });
});
