import { describe, expect, it } from 'vitest';
import {
  type DecodedMidi,
  decodeMidi,
  type DrumMap,
  encodeMidi,
  GENERAL_MIDI,
  ROLAND_TD,
} from '#shared/model';
import { grooveFiles } from '#test/groove-midi';
import { readSmf, type Smf, type SmfNote } from '#test/read-smf';

const files = grooveFiles();

/** The nine classes of Gillick et al. (2019), by the pitches of the Roland TD-11. */
const CLASSES = [
  [36, 35],
  [38, 37, 40, 39],
  [42, 22, 44],
  [46, 26],
  [43, 58, 41],
  [47, 45],
  [50, 48],
  [49, 52, 55, 57],
  [51, 53, 59],
];
const classOf = (key: number): number => CLASSES.findIndex(keys => keys.includes(key));

const byKeyAndTime = (a: SmfNote, b: SmfNote): number =>
  a.key - b.key || a.tick - b.tick || a.velocity - b.velocity;
const byClassAndTime = (a: SmfNote, b: SmfNote): number =>
  classOf(a.key) - classOf(b.key) || a.tick - b.tick || a.velocity - b.velocity;

/** Half a tick at 960 a quarter, in seconds. */
const halfTick = ({ tempos }: Smf): number =>
  Math.max(...tempos.map(({ microseconds }) => microseconds), 0) / 1920 / 1e6;

/** Every file as it is and as it was understood without being told its map; read once. */
const understood = [...files].map(([name, bytes]) => ({
  name,
  bytes,
  wanted: readSmf(bytes, true),
  decoded: decodedBy(bytes),
}));

function decodedBy(bytes: Uint8Array, map?: DrumMap): DecodedMidi {
  const decoded = decodeMidi(bytes, map ? { map } : {});
  if (!decoded.ok) throw new Error(decoded.failure.join('; '));
  return decoded.value;
}

/** Sentences about what is not the same; at most one a file. */
function differences(
  again: (file: (typeof understood)[number]) => Uint8Array,
  sameNote: (a: SmfNote, b: SmfNote) => boolean,
  order: (a: SmfNote, b: SmfNote) => number,
): string[] {
  return understood.flatMap(file => {
    const { name, wanted } = file;
    const found = readSmf(again(file));
    const [before, after] = [wanted.notes.toSorted(order), found.notes.toSorted(order)];
    if (before.length !== after.length) return [`${name}: ${after.length} notes instead of ${before.length}`];
    const wrong = before.findIndex((note, index) => {
      const other = after[index];
      return (
        !other ||
        !sameNote(note, other) ||
        note.velocity !== other.velocity ||
        Math.abs(note.seconds - other.seconds) > halfTick(wanted) + 1e-9
      );
    });
    return wrong < 0
      ? []
      : [`${name}: ${JSON.stringify(before[wrong])} became ${JSON.stringify(after[wrong])}`];
  });
}

describe.skipIf(files.size === 0)('the 1,150 performances of the Groove MIDI Dataset', () => {
  it('are all there', () => {
    expect(files.size).toBe(1150);
  });

  it.each([0, 1] as const)(
    'come back from a pattern as type %i with every onset within half a tick, every velocity and every note number',
    type => {
      const again = ({ decoded }: (typeof understood)[number]): Uint8Array =>
        encodeMidi(decoded.pattern, { type, map: decoded.map });
      expect(differences(again, (a, b) => a.key === b.key, byKeyAndTime)).toEqual([]);
    },
  );

  it('keep the class of every drum from Roland’s map to General MIDI’s', () => {
    const isAlike = (a: SmfNote, b: SmfNote): boolean => classOf(a.key) === classOf(b.key);
    const again = ({ bytes }: (typeof understood)[number]): Uint8Array =>
      encodeMidi(decodedBy(bytes, ROLAND_TD).pattern, { type: 1, map: GENERAL_MIDI });
    expect(differences(again, isAlike, byClassAndTime)).toEqual([]);
  });

  it('keep tempo and meter at tick 0, and end every track on one bar line that is past the last note', () => {
    for (const { name, wanted, decoded } of understood) {
      const found = readSmf(encodeMidi(decoded.pattern, { type: 1, map: decoded.map }));
      const tempo = wanted.tempos.findLast(({ tick }) => tick === 0);
      expect([name, found.tempos]).toEqual([name, [{ tick: 0, microseconds: tempo?.microseconds }]]);
      const meter = wanted.meters.findLast(({ tick }) => tick === 0)?.text ?? '4/4';
      expect([name, found.meters]).toEqual([name, [{ tick: 0, text: meter }]]);
      const [numerator = 4, denominator = 4] = meter.split('/').map(Number);
      const [end = 0] = found.ends;
      expect(new Set(found.ends).size).toBe(1);
      expect([name, end % ((numerator * 3840) / denominator)]).toEqual([name, 0]);
      expect(end).toBeGreaterThanOrEqual(Math.max(...found.notes.map(({ tick, ticks }) => tick + ticks)));
    }
  });
});
