import { describe, expect, it } from 'vitest';
import { type DecodedMidi, decodeMidi, DRUM_MAPS, encodeMidi, meterText, ROLAND_TD } from '#shared/model';
import { readSmf } from '#test/read-smf';
import { meterEvent, off, on, smfBytes, tempo } from '#test/smf-bytes';

const decoded = (bytes: Uint8Array): DecodedMidi => {
  const result = decodeMidi(bytes);
  if (!result.ok) throw new Error(result.failure.join('; '));
  return result.value;
};
const problem = (bytes: Uint8Array): string => {
  const result = decodeMidi(bytes);
  return result.ok ? 'accepted' : result.failure.join('; ');
};
const meters = (bytes: Uint8Array): string[] => decoded(bytes).pattern.bars.map(meterText);
/** Note number, tick at 960 a quarter and velocity of what comes back. */
const again = (bytes: Uint8Array) => {
  const { pattern, map } = decoded(bytes);
  return readSmf(encodeMidi(pattern, { type: 0, map })).notes.map(({ key, tick, velocity }) => [
    key,
    tick,
    velocity,
  ]);
};
const places = (bytes: Uint8Array): number[] => decoded(bytes).pattern.notes.map(({ at }) => at);
/** A hi-hat at each of these ticks, 96 a quarter. */
const hats = (ticks: readonly number[]) => ticks.map((tick, index) => on(tick - (ticks[index - 1] ?? 0), 42));

describe('notes of MIDI files made elsewhere', () => {
  it('are read in running status, with velocity 0 as their end', () => {
    const bytes = smfBytes([[on(0, 36), [24, 36, 0], [72, 38, 90], [24, 38, 0]]]);
    expect(again(bytes)).toEqual([
      [36, 0, 100],
      [38, 960, 90],
    ]);
  });

  it('keep every stroke where one begins before the last of its number ended, and where one has no length', () => {
    const overlapping = smfBytes([[on(0, 38, 80), on(48, 38, 90), off(10, 38), off(86, 38)]]);
    expect(again(overlapping)).toEqual([
      [38, 0, 80],
      [38, 480, 90],
    ]);
    const short = smfBytes([[on(0, 42, 70), off(0, 42), on(24, 42, 60), off(0, 42)]]);
    expect(again(short)).toEqual([
      [42, 0, 70],
      [42, 240, 60],
    ]);
    expect(again(smfBytes([[on(0, 49), off(96, 51)]]))).toEqual([[49, 0, 100]]);
  });

  it('are those of channel 10 beside other instruments, and those of all channels without it', () => {
    const bass = [on(0, 40, 100, 0), off(96, 40, 0)];
    const song = smfBytes([bass, [on(0, 36), off(96, 36)]]);
    expect(again(song)).toEqual([[36, 0, 100]]);
    expect(decoded(song).warnings.join()).toContain('Notes beside channel 10 (1)');
    expect(again(smfBytes([bass]))).toEqual([[40, 0, 100]]);
    expect(decoded(smfBytes([bass])).warnings.join()).toContain('No notes are on channel 10');
  });

  it('keep every articulation that a Roland kit sends', () => {
    const numbers = [22, 26, 36, 37, 38, 40, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 55, 57, 58, 59];
    const bytes = smfBytes([numbers.flatMap(number => [on(12, number), off(12, number)])]);
    expect(decoded(bytes).map).toBe(ROLAND_TD);
    expect(again(bytes).map(([key]) => key)).toEqual(numbers);
  });

  it('that choke a cymbal are said to be played as strokes', () => {
    const map = DRUM_MAPS.find(({ id }) => id === 'addictive-drums-2');
    const result = decodeMidi(
      smfBytes([[on(0, 77), off(24, 77), on(24, 78), off(24, 78)]]),
      map ? { map } : {},
    );
    expect(result.ok && result.value.unnamed.join()).toContain(
      'Notes that choke a cymbal in Addictive Drums 2 (1)',
    );
  });

  it('are found in files that a player wrapped (RMID)', () => {
    const file = smfBytes([[on(0, 36), off(96, 36)]]);
    const length = (value: number): number[] => [value & 255, (value >> 8) & 255, 0, 0];
    const text = (word: string): number[] => Array.from(word, sign => sign.charCodeAt(0));
    const wrapped = [
      ...text('RIFF'),
      ...length(file.length + 12),
      ...text('RMIDdata'),
      ...length(file.length),
    ];
    expect(again(Uint8Array.from([...wrapped, ...file]))).toEqual([[36, 0, 100]]);
  });
});

describe('time', () => {
  it('is kept where tempos change between the beats, in any order of tracks', () => {
    const conductor = [tempo(0, 500_000), tempo(101, 411_523), tempo(58, 666_667)];
    const bytes = smfBytes([[on(100, 36), off(20, 36), on(57, 38), off(20, 38), on(200, 36)], conductor]);
    const [before, after] = [readSmf(bytes, true), decoded(bytes)];
    const found = readSmf(encodeMidi(after.pattern, { type: 1 }));
    expect(found.tempos).toEqual([
      { tick: 0, microseconds: 500_000 },
      { tick: 1010, microseconds: 411_523 },
      { tick: 1590, microseconds: 666_667 },
    ]);
    const times = found.notes.map(({ seconds }) => seconds).toSorted((a, b) => a - b);
    for (const [index, { seconds }] of before.notes.toSorted((a, b) => a.tick - b.tick).entries())
      expect(Math.abs((times[index] ?? NaN) - seconds)).toBeLessThan(0.000_36);
  });

  it('is 120 BPM where a file says none, and says so', () => {
    const { pattern, warnings } = decoded(smfBytes([[on(0, 36), off(96, 36)]]));
    expect(pattern.tempo).toBe(120);
    expect(warnings.join()).toContain('It says no tempo');
  });

  it('in film frames becomes beats of the file’s tempo', () => {
    // 25 frames of 40 parts: milliseconds.
    const bytes = smfBytes([[tempo(0, 600_000), on(300, 36), off(50, 36), on(850, 38), off(9, 38)]], {
      division: 0xe728,
    });
    expect(decoded(bytes).pattern.tempo).toBe(100);
    expect(readSmf(encodeMidi(decoded(bytes).pattern, { type: 0 })).notes.map(n => n.seconds)).toEqual([
      0.3, 1.2,
    ]);
    expect(decoded(bytes).warnings.join()).toContain('film frames');
  });

  it('of the patterns of a type 2 file follows on, each from a bar line', () => {
    const first = [meterEvent(0, 3, 4), on(0, 36), off(100, 36)];
    const second = [on(96, 38), off(96, 38)];
    const bytes = smfBytes([first, second], { format: 2 });
    expect(meters(bytes)).toEqual(['3/4', '4/4']);
    expect(again(bytes).map(([key, tick]) => [key, tick])).toEqual([
      [36, 0],
      [38, 3840],
    ]);
  });
});

describe('bars', () => {
  it('are shortened where the meter changes inside them, as DAWs do', () => {
    const bytes = smfBytes([[meterEvent(0, 4, 4), meterEvent(192, 7, 8), on(0, 36), off(336, 36)]]);
    expect(meters(bytes)).toEqual(['2/4', '7/8']);
    const eighths = smfBytes([[meterEvent(0, 7, 8), meterEvent(144, 4, 4), on(0, 36), off(384, 36)]]);
    expect(meters(eighths)).toEqual(['3/8', '4/4']);
    const sixteenths = smfBytes([[meterEvent(0, 4, 4), meterEvent(120, 4, 4), on(0, 36), off(384, 36)]]);
    expect(meters(sixteenths)).toEqual(['5/16', '4/4']);
  });

  it('stay on sixteenths where a meter changes between them, with the notes where they were', () => {
    const bytes = smfBytes([[meterEvent(0, 4, 4), meterEvent(195, 3, 4), on(0, 36), off(285, 36)]]);
    expect(meters(bytes)).toEqual(['2/4', '3/4']);
    expect(again(bytes)).toEqual([[36, 1950, 100]]);
    expect(decoded(bytes).warnings.join()).toContain('bar lines were moved by up to 30 ticks');
  });

  it('of pickups and of 32nds are kept', () => {
    const pickup = smfBytes([
      [meterEvent(0, 1, 4), on(0, 36), off(24, 36), meterEvent(72, 4, 4), on(0, 36), off(384, 36)],
    ]);
    expect(meters(pickup)).toEqual(['1/4', '4/4']);
    const fine = smfBytes([[meterEvent(0, 14, 32), on(0, 36), off(168, 36)]]);
    expect(meters(fine)).toEqual(['14/32']);
    expect(readSmf(encodeMidi(decoded(fine).pattern, { type: 0 })).meters).toEqual([
      { tick: 0, text: '14/32' },
    ]);
    const odd = smfBytes([[meterEvent(0, 7, 32), on(0, 36), off(84, 36)]]);
    expect(problem(odd)).toContain(
      'write it as 7/16 at twice the note values, or as two bars in one (14/32)',
    );
    expect(problem(smfBytes([[meterEvent(0, 40, 4)]]))).toContain('split its bars into shorter ones');
  });

  it('go on for a stroke on the next downbeat, early or not, and not for one that the file’s end leaves before it', () => {
    const crash = smfBytes([[on(0, 36), off(24, 36), on(360, 49), off(12, 49)]]);
    expect(meters(crash)).toHaveLength(2);
    const early = smfBytes([[on(0, 36), off(24, 36), on(354, 49), off(24, 49)]]);
    expect(meters(early)).toHaveLength(2);
    expect(decoded(early).pattern.notes.at(-1)).toMatchObject({ at: 3840, feel: -60 });
    const pushed = smfBytes([[on(0, 36), off(24, 36), on(354, 42), off(4, 42)]], { tail: 2 });
    expect(meters(pushed)).toHaveLength(1);
    expect(decoded(pushed).pattern.notes.at(-1)).toMatchObject({ at: 3600, feel: 180 });
  });

  it('end on a bar line when they are written again', () => {
    const bytes = smfBytes([[meterEvent(0, 5, 4), on(0, 36), off(500, 36)]]);
    expect(readSmf(encodeMidi(decoded(bytes).pattern, { type: 1 })).ends).toEqual([9600, 9600]);
  });
});

describe('writing', () => {
  const sixteenths = Array.from({ length: 16 }, (_, step) => step * 24);
  const triplets = Array.from({ length: 12 }, (_, step) => step * 32);
  const shuffle = Array.from({ length: 8 }, (_, half) => (half % 2) * 64 + Math.floor(half / 2) * 96);

  it('is on sixteenths where the strokes are, however they lean', () => {
    const leaning = sixteenths.map((tick, index) => tick + ((index * 7) % 5));
    expect(places(smfBytes([hats(leaning)], { tail: 24 }))).toEqual(sixteenths.map(tick => tick * 10));
    expect(decoded(smfBytes([hats(leaning)], { tail: 24 })).pattern.lanes).toEqual([]);
  });

  it('is on triplets where those explain a bar clearly better, and says so of the row', () => {
    for (const played of [triplets, shuffle]) {
      const { pattern } = decoded(smfBytes([hats(played)], { tail: 32 }));
      expect(pattern.notes.map(({ at, feel }) => [at, feel])).toEqual(played.map(tick => [tick * 10, 0]));
      expect(pattern.lanes).toMatchObject([{ instrument: 'chh', grid: ['8T'] }]);
    }
  });

  it('mixes grids in a bar by quarter', () => {
    const mixed = [0, 24, 48, 72, 96, 120, 144, 168, 192, 208, 224, 240, 256, 272, 288, 312, 336, 360];
    const { pattern } = decoded(smfBytes([hats(mixed)], { tail: 24 }));
    expect(pattern.notes.map(({ at }) => at)).toEqual(mixed.map(tick => tick * 10));
    expect(pattern.lanes).toMatchObject([{ grid: ['16', '16', '16T', '16'] }]);
  });

  it('takes no flam for a finer grid', () => {
    const flams = [0, 93, 96, 192, 285, 288];
    expect(new Set(places(smfBytes([hats(flams)], { tail: 96 })).map(at => at % 240))).toEqual(new Set([0]));
  });

  it('can be kept to sixteenths', () => {
    const result = decodeMidi(smfBytes([hats(triplets)], { tail: 32 }), { grid: 'sixteenths' });
    expect(result.ok && result.value.pattern.notes.every(({ at }) => at % 240 === 0)).toBe(true);
  });
});
