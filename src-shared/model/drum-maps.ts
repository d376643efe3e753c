import gm from '../../assets/drum-maps/gm.json' with { type: 'json' };
import rolandTd from '../../assets/drum-maps/roland-td.json' with { type: 'json' };
import { completedMap, type DrumMap, DrumMapFileSchema } from './drum-map';

export const GENERAL_MIDI: DrumMap = completedMap(DrumMapFileSchema.parse(gm), null);

/** What Roland's electronic kits send: the kit that the Groove MIDI Dataset was played on. */
export const ROLAND_TD: DrumMap = completedMap(DrumMapFileSchema.parse(rolandTd), GENERAL_MIDI);

/** The maps that come with Backbeat. */
export const DRUM_MAPS: readonly DrumMap[] = [GENERAL_MIDI, ROLAND_TD];

/** Note numbers that Roland's kits send and General MIDI gives no drum: the edges of the hi-hat, and the third tom's rim. */
const ROLAND_ONLY: readonly number[] = [22, 26, 58];

/** The map that a file with these note numbers was most likely written with, of General MIDI and Roland's, which mean nearly the same. */
export function likelyMap(numbers: Iterable<number>): DrumMap {
  const all = [...numbers];
  const own = new Set(rolandTd.notes.map(({ note }) => note));
  return all.some(number => ROLAND_ONLY.includes(number)) &&
    all.every(number => own.has(number) || number < 54)
    ? ROLAND_TD
    : GENERAL_MIDI;
}
