import { describe, expect, it } from 'vitest';
import {
  completedMap,
  DRUM_MAPS,
  drumOfNote,
  DrumMapFileSchema,
  GENERAL_MIDI,
  INSTRUMENT_FACTS,
  INSTRUMENTS,
  isNamed,
  likelyMap,
  noteOfDrum,
  ROLAND_TD,
} from '#shared/model';

const mapOf = (id: string) => {
  const map = DRUM_MAPS.find(each => each.id === id);
  if (!map) throw new Error(`no map ${id}`);
  return map;
};

describe.each(DRUM_MAPS.map(map => [map.id, map] as const))('the drum map %s', (_, map) => {
  it('gives every number back that it reads, those that it does not name too', () => {
    for (let number = 0; number < 128; number++)
      expect([number, noteOfDrum(map, drumOfNote(map, number))]).toEqual([number, number]);
  });

  it('has a number for every instrument, its plain one where it has one', () => {
    for (const instrument of INSTRUMENTS) {
      const plain = noteOfDrum(map, { instrument, articulation: null });
      const has = map.notes.some(each => each.instrument === instrument);
      expect([instrument, drumOfNote(map, plain).instrument === instrument]).toEqual([instrument, has]);
    }
  });

  it('says where its numbers come from, when they were read and how far they can be trusted', () => {
    expect(map.source?.document).toBeTruthy();
    expect(map.source?.lookedUp).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(['high', 'medium', 'low']).toContain(map.source?.confidence);
  });
});

it('has General MIDI’s numbers for the instruments themselves', () => {
  for (const instrument of INSTRUMENTS)
    expect(noteOfDrum(GENERAL_MIDI, { instrument, articulation: null })).toBe(
      INSTRUMENT_FACTS[instrument].note,
    );
});

describe('a stroke from one map in another', () => {
  const inMap = (from: string, number: number, to: string): number =>
    noteOfDrum(mapOf(to), drumOfNote(mapOf(from), number));

  it('keeps its articulation where the other has it', () => {
    expect(inMap('roland-td', 22, 'superior-drummer')).toBe(22);
    expect(inMap('roland-td', 40, 'addictive-drums-2')).toBe(37);
    expect(inMap('roland-td', 53, 'bfd3')).toBe(71);
    expect(inMap('gm', 56, 'gm2')).toBe(56);
  });

  it('becomes what it is a kind of where the other has that, else the plain drum', () => {
    expect(inMap('roland-td', 52, 'gm')).toBe(57);
    expect(inMap('roland-td', 22, 'gm')).toBe(42);
    expect(inMap('addictive-drums-2', 56, 'gm')).toBe(46);
  });

  it('becomes a relative where the other has no such instrument', () => {
    expect(inMap('gm', 39, 'addictive-drums-2')).toBe(38);
    expect(inMap('gm', 72, 'bfd3')).toBe(83);
  });

  it('does not become another drum by its bare number', () => {
    expect(isNamed(mapOf('gm'), 24)).toBe(false);
    expect(inMap('gm', 24, 'gm2')).toBe(24);
    expect(drumOfNote(mapOf('bfd3'), inMap('gm', 24, 'bfd3')).instrument).toBe('perc');
  });
});

it('tells Roland’s kits and General MIDI 2 by the numbers that only they send', () => {
  expect(likelyMap([36, 38, 42]).id).toBe('gm');
  expect(likelyMap([36, 38, 22, 26]).id).toBe('roland-td');
  expect(likelyMap([36, 38, 22, 99]).id).toBe('roland-td');
  expect(likelyMap([36, 43, 58]).id).toBe('roland-td');
  expect(likelyMap([36, 58, 75]).id).toBe('gm');
  expect(likelyMap([36, 38, 82]).id).toBe('gm2');
  expect(likelyMap([]).id).toBe('gm');
});

describe('a map of one’s own', () => {
  const file = { id: 'mine', name: 'Mine', extends: 'gm', notes: [{ note: 42, instrument: 'kick' }] };

  it('takes what it leaves open from the map that it extends', () => {
    const map = completedMap(DrumMapFileSchema.parse(file), GENERAL_MIDI);
    expect(drumOfNote(map, 42)).toEqual({ instrument: 'kick', articulation: null });
    expect(drumOfNote(map, 38)).toEqual(drumOfNote(ROLAND_TD, 38));
    expect(noteOfDrum(map, { instrument: 'kick', articulation: null })).toBe(42);
  });

  it('is refused with a number that stands there twice, an unknown instrument or an unknown key', () => {
    const problems = (change: object): string =>
      DrumMapFileSchema.safeParse({ ...file, ...change })
        .error?.issues.map(each => each.message)
        .join() ?? '';
    const kick = { note: 36, instrument: 'kick' };
    expect(problems({ notes: [kick, { note: 36, instrument: 'snare' }] })).toContain(
      'note 36 stands there twice',
    );
    expect(problems({ notes: [{ note: 36, instrument: 'gong' }] })).toContain('Invalid option');
    expect(problems({ channel: 10 })).toContain('Unrecognized key');
  });
});
