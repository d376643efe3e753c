import { describe, expect, it } from 'vitest';
import {
  type DecodedMidi,
  decodeMidi,
  drumOfNote,
  encodeMidi,
  GENERAL_MIDI,
  INSTRUMENT_FACTS,
  INSTRUMENTS,
} from '#shared/model';
import { ticks } from '#shared/units';
import { aNote, aPattern, late, meter } from '#test/pattern';
import { readSmf } from '#test/read-smf';

const rock = aPattern([aNote('kick', 0), aNote('chh', 0), aNote('snare', 4, late(7)), aNote('mt', 15)]);
const decoded = (bytes: Uint8Array): DecodedMidi => {
  const result = decodeMidi(bytes);
  if (!result.ok) throw new Error(result.failure.join('; '));
  return result.value;
};
const problem = (bytes: Uint8Array): string => {
  const result = decodeMidi(bytes);
  return result.ok ? 'accepted' : result.failure.join('; ');
};

describe('type 1 files', () => {
  const file = readSmf(encodeMidi(rock, { type: 1, name: 'Song' }));

  it('have a conductor and one named track a role, 960 ticks a quarter, channel 10', () => {
    expect([file.format, file.division]).toEqual([1, 960]);
    expect(file.trackNames).toEqual(['Song', 'Core', 'Accent', 'Motion', 'Fill']);
    expect(new Set(file.notes.map(note => note.channel))).toEqual(new Set([9]));
  });

  it('say tempo and meter at tick 0 and end every track on the bar line', () => {
    expect(file.tempos).toEqual([{ tick: 0, microseconds: 500_000 }]);
    expect(file.meters).toEqual([{ tick: 0, text: '4/4' }]);
    expect(file.ends).toEqual([3840, 3840, 3840, 3840, 3840]);
  });

  it('hold the feel in ticks: 7 ms at 120 BPM are 13', () => {
    expect(file.notes.find(note => note.key === 38)?.tick).toBe(973);
  });
});

it('writes type 0 as one track with everything in it', () => {
  const file = readSmf(encodeMidi(rock, { type: 0 }));
  expect([file.format, file.trackNames.length, file.notes.length]).toEqual([0, 1, 4]);
});

it('says every change of meter, on its bar line', () => {
  const bars = [meter(4, 4), meter(7, 8), meter(7, 8), meter(4, 4)];
  const pattern = aPattern([aNote('kick', 16)], { bars });
  expect(readSmf(encodeMidi(pattern, { type: 1 })).meters).toEqual([
    { tick: 0, text: '4/4' },
    { tick: 3840, text: '7/8' },
    { tick: 3840 + 2 * 3360, text: '4/4' },
  ]);
  expect(decoded(encodeMidi(pattern, { type: 1 })).pattern.bars).toEqual(bars);
});

describe('notes that meet', () => {
  it('keeps two hits of one note on one tick, each with its end', () => {
    const pattern = aPattern([aNote('snare', 4, { velocity: 1 }), aNote('snare', 4, { velocity: 0.5 })]);
    const { notes } = readSmf(encodeMidi(pattern, { type: 1 }));
    expect(notes.map(({ tick, velocity, ticks: length }) => [tick, velocity, length])).toEqual([
      [960, 127, 240],
      [960, 64, 240],
    ]);
  });

  it('ends a long note where the next of its number begins, in any track', () => {
    const long = { length: ticks(2000) };
    const pattern = aPattern([aNote('snare', 0, long), aNote('snare', 2, { ...long, role: 'FILL' })]);
    const { notes } = readSmf(encodeMidi(pattern, { type: 1 }));
    expect(notes.map(({ tick, ticks: length }) => [tick, length])).toEqual([
      [0, 480],
      [480, 2000],
    ]);
  });

  it('ends notes on the bar line, and adds a bar only for one that starts past it', () => {
    const ringing = aPattern([aNote('crash', 15, { length: ticks(4000) })]);
    expect(readSmf(encodeMidi(ringing, { type: 0 })).ends).toEqual([3840]);
    const dragged = aPattern([aNote('crash', 15, { feel: 300 })]);
    expect(readSmf(encodeMidi(dragged, { type: 0 })).ends).toEqual([7680]);
  });

  it('leaves out muted and silent notes, and plays at 0 what is pushed before the start', () => {
    const pattern = aPattern([
      aNote('kick', 0, late(-20)),
      aNote('snare', 4, { muted: true }),
      aNote('snare', 12, { velocity: 0 }),
    ]);
    expect(readSmf(encodeMidi(pattern, { type: 1 })).notes.map(note => note.tick)).toEqual([0]);
  });
});

describe('reading', () => {
  it('gives back roles, instruments, velocities, steps and feel', () => {
    const { pattern, warnings } = decoded(encodeMidi(rock, { type: 1 }));
    expect(warnings).toEqual([]);
    expect(pattern.notes.map(note => [note.role, note.instrument, note.at, note.feel])).toEqual(
      rock.notes.map(note => [note.role, note.instrument, note.at, Math.round(note.feel)]),
    );
    expect(pattern.notes[0]?.velocity).toBeCloseTo(0.8, 2);
  });

  it.each([120, 123, 97.5, 174.06, 61.803])('gives %f BPM back as it was', tempo => {
    expect(decoded(encodeMidi({ ...rock, tempo }, { type: 1 })).pattern.tempo).toBe(tempo);
  });

  it('scales other resolutions, and takes velocity 0 as a note’s end', () => {
    const bytes = smf(96, [0x00, 0x99, 36, 100, 24, 0x99, 36, 0, 72, 0x99, 38, 90, 24, 0x89, 38, 0]);
    const { pattern } = decoded(bytes);
    expect(pattern.notes.map(note => [note.instrument, note.at, note.length])).toEqual([
      ['kick', 0, 240],
      ['snare', 960, 240],
    ]);
  });

  it('skips chunks that it does not know, as the standard says', () => {
    const bytes = encodeMidi(rock, { type: 1 });
    const unknown = Uint8Array.from([0x58, 0x46, 0x49, 0x48, 0, 0, 0, 2, 1, 2]);
    const mixed = Uint8Array.from([...bytes.subarray(0, 14), ...unknown, ...bytes.subarray(14)]);
    expect(decoded(mixed).pattern).toEqual(decoded(bytes).pattern);
  });

  it('warns of notes beside channel 10 and of strange notes, and keeps tempo changes', () => {
    const elsewhere = smf(96, [0x00, 0x90, 36, 100, 24, 0x80, 36, 0]);
    expect(decoded(elsewhere).warnings.join()).toContain('channel 10');
    const strange = smf(96, [0x00, 0x99, 100, 100, 24, 0x89, 100, 0]);
    expect(decoded(strange).unnamed.join()).toContain('notes 100');
    const slower = [0, 0xff, 0x51, 3, 7, 0xa1, 0x20, 96, 0xff, 0x51, 3, 9, 0x27, 0xc0];
    const changing = smf(96, [...slower, 0, 0x99, 36, 100, 24, 0x89, 36, 0]);
    expect(decoded(changing).pattern).toMatchObject({ tempo: 120, tempoChanges: [{ at: 960, tempo: 100 }] });
  });

  it.each([
    ['nothing', new Uint8Array(0), 'it is empty'],
    ['text', new TextEncoder().encode('a song about MIDI'), 'does not begin with "MThd"'],
    ['half a header', encodeMidi(rock, { type: 1 }).subarray(0, 9), 'cut off after 9 of 14 bytes'],
    ['half a file', encodeMidi(rock, { type: 1 }).subarray(0, 150), 'it is cut off'],
    ['type 3', encodeMidi(rock, { type: 1 }).with(9, 3), 'type 3'],
    ['strange film frames', encodeMidi(rock, { type: 1 }).with(12, 0xff), '1 film frames a second'],
    ['no ticks', encodeMidi(rock, { type: 1 }).with(12, 0).with(13, 0), '0 ticks'],
    ['a missing track', encodeMidi(rock, { type: 1 }).with(11, 9), 'promises 9 tracks, but holds 5'],
    ['a broken event', smf(96, [0x00, 0x99, 36]), 'track 0 ends in the middle of an event'],
    ['no status byte', smf(96, [0x00, 36, 100]), 'a track cannot be read'],
    ['a meter of 3/64', smf(96, [0, 0xff, 0x58, 4, 3, 6, 24, 8]), 'meter 3/64'],
    ['a tempo of 3 BPM', smf(96, [0, 0xff, 0x51, 3, 0xff, 0xff, 0xff]), 'its tempo is 3.58 BPM'],
    ['two thousand bars', smf(96, [0xad, 0xb8, 0x00, 0x99, 36, 9, 1, 0x89, 36, 0]), 'more than 1024 bars'],
  ])('refuses a file that holds %s, saying so', (_, bytes, sentence) => {
    expect(problem(bytes)).toContain(sentence);
  });
});

it('knows every one of our instruments by its note', () => {
  for (const instrument of INSTRUMENTS) {
    const { note } = INSTRUMENT_FACTS[instrument];
    expect(drumOfNote(GENERAL_MIDI, note)).toEqual({ instrument, articulation: null });
  }
});

/** A type 0 file with one track of these bytes and an end. */
function smf(division: number, events: readonly number[]): Uint8Array {
  const track = [...events, 0, 0xff, 0x2f, 0];
  return Uint8Array.from([
    0x4d,
    0x54,
    0x68,
    0x64,
    0,
    0,
    0,
    6,
    0,
    0,
    0,
    1,
    division >> 8,
    division & 255,
    0x4d,
    0x54,
    0x72,
    0x6b,
    0,
    0,
    track.length >> 8,
    track.length & 255,
    ...track,
  ]);
}
