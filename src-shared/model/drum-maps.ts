import abletonDrumRack from '../../assets/drum-maps/ableton-drum-rack.json' with { type: 'json' };
import addictiveDrums2 from '../../assets/drum-maps/addictive-drums-2.json' with { type: 'json' };
import bfd3 from '../../assets/drum-maps/bfd3.json' with { type: 'json' };
import gm from '../../assets/drum-maps/gm.json' with { type: 'json' };
import gm2 from '../../assets/drum-maps/gm2.json' with { type: 'json' };
import rolandTd from '../../assets/drum-maps/roland-td.json' with { type: 'json' };
import ssd5 from '../../assets/drum-maps/ssd5.json' with { type: 'json' };
import superiorDrummer from '../../assets/drum-maps/superior-drummer.json' with { type: 'json' };
import { completedMap, type DrumMap, DrumMapFileSchema } from './drum-map';

export const GENERAL_MIDI: DrumMap = completedMap(DrumMapFileSchema.parse(gm), null);

const onGeneralMidi = (file: unknown): DrumMap => {
  const parsed = DrumMapFileSchema.parse(file);
  return completedMap(parsed, parsed.extends === GENERAL_MIDI.id ? GENERAL_MIDI : null);
};

const GENERAL_MIDI_2 = onGeneralMidi(gm2);

/** What Roland's electronic kits send: the kit that the Groove MIDI Dataset was played on. */
export const ROLAND_TD: DrumMap = onGeneralMidi(rolandTd);

/** The maps that come with Backbeat. */
export const DRUM_MAPS: readonly DrumMap[] = [
  GENERAL_MIDI,
  GENERAL_MIDI_2,
  ...[superiorDrummer, addictiveDrums2, bfd3, ssd5, abletonDrumRack].map(onGeneralMidi),
  ROLAND_TD,
];

/** The edges of the hi-hat, which Roland's kits send and General MIDI gives no drum. */
const ROLAND_ONLY: ReadonlySet<number> = new Set([22, 26]);
/** The rim of Roland's third tom, a vibraslap in General MIDI. */
const THIRD_RIM = 58;
const ROLAND_OWN: ReadonlySet<number> = new Set(rolandTd.notes.map(({ note }) => note));
const GM2_ONLY: ReadonlySet<number> = new Set(gm2.notes.map(({ note }) => note));

/**
 * The map that a file with these note numbers was most likely written with, of General MIDI's and Roland's, which mean nearly the same;
 * those of samplers look like them and cannot be told by their numbers.
 */
export function likelyMap(numbers: Iterable<number>): DrumMap {
  const all = [...numbers];
  if (all.some(number => ROLAND_ONLY.has(number))) return ROLAND_TD;
  if (all.includes(THIRD_RIM) && all.every(number => ROLAND_OWN.has(number))) return ROLAND_TD;
  return all.some(number => GM2_ONLY.has(number)) ? GENERAL_MIDI_2 : GENERAL_MIDI;
}
