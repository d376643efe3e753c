import { chokeNumbers, type KitDocument, type KitPad, softestOf } from './document';
import {
  layOutSf2Bank,
  type Sf2Bank,
  type Sf2Layout,
  type Sf2Slot,
  type Sf2Sound,
  type Sf2Zone,
  sf2Range,
} from './sf2-bank';
import {
  ATTENUATION_SHARE,
  commentOf,
  GENERATOR,
  PLAIN_VELOCITY,
  VELOCITY_CONCAVE,
  VELOCITY_LINEAR,
} from './sf2-records';

/** Frames of silence before each sound: 2 ms, more than a player's shortest attack. */
const LEAD = 96;
/** As the specification asks, section 6.1. */
const REST = 46;
/** The longest release there is, 101 s, so that a key let go early cuts nothing off: one-shots are not told otherwise. */
const LONGEST_RELEASE = 8000;
const MOST_ATTENUATION = 1440;

/**
 * A kit as a SoundFont: preset 0 of bank 128, an instrument a pad. Of several takes the first; levels in centibels at the .4 that players
 * take of them.
 * @see SoundFont Technical Specification 2.04
 */
export function layOutSf2(
  document: KitDocument,
  sounds: ReadonlyMap<string, Sf2Sound>,
  isWide: boolean,
): Sf2Layout {
  const pads = document.pads.map(pad => ({
    ...pad,
    layers: pad.layers.map(layer => ({ ...layer, takes: layer.takes.slice(0, 1) })),
  }));
  const used = [...new Set(pads.flatMap(pad => pad.layers.flatMap(({ takes }) => takes.map(t => t.sound))))];
  const slots = used.flatMap(sound => {
    const facts = sounds.get(sound);
    return Array.from(
      { length: facts ? Math.min(2, facts.channelCount) : 0 },
      (_, channel): Sf2Slot => ({
        sound,
        channel,
        lead: LEAD,
        frames: facts?.frames ?? 0,
        rest: REST,
      }),
    );
  });
  const gains = pads.flatMap(pad =>
    pad.layers.flatMap(({ takes }) => takes.map(take => pad.gainDecibels + take.gainDecibels)),
  );
  const offsetDecibels = Math.max(0, ...gains);
  return layOutSf2Bank(bankOf({ ...document, pads }, slots, offsetDecibels), slots, sounds, isWide);
}

/** The kit as preset 0, an instrument a pad. */
function bankOf(document: KitDocument, slots: readonly Sf2Slot[], offsetDecibels: number): Sf2Bank {
  const groups = chokeNumbers(document);
  return {
    ...document,
    comment: commentOf({ lead: LEAD, offsetDecibels }),
    instruments: document.pads.map(pad => ({
      name: pad.name,
      zones: [
        globalZone(pad, groups),
        ...pad.layers.flatMap((_, at) => layerZones(pad, at, slots, offsetDecibels)),
      ],
    })),
    programs: [
      {
        name: document.name,
        program: 0,
        keys: document.pads.map(({ note }, instrument) => ({ key: note, instrument })),
      },
    ],
  };
}

/** What holds for all of a pad: one-shot as far as it goes, its choke group, velocity by level alone. */
const globalZone = (pad: KitPad, groups: ReadonlyMap<string, number>): Sf2Zone => ({
  generators: [
    [GENERATOR.releaseVolume, LONGEST_RELEASE],
    [GENERATOR.sampleModes, 0],
    [GENERATOR.scaleTuning, 0],
    ...(pad.choke === null ? [] : [[GENERATOR.exclusiveClass, groups.get(pad.choke) ?? 0] as const]),
    [GENERATOR.rootKey, pad.note],
  ],
  modulators: [
    [VELOCITY_CONCAVE, GENERATOR.attenuation, Math.round(PLAIN_VELOCITY * pad.velocityCurve)],
    [VELOCITY_LINEAR, GENERATOR.filterCutoff, 0],
  ],
});

function layerZones(
  pad: KitPad,
  at: number,
  slots: readonly Sf2Slot[],
  offsetDecibels: number,
): readonly Sf2Zone[] {
  const layer = pad.layers[at];
  const [take] = layer?.takes ?? [];
  if (!layer || !take) return [];
  const own = slots.flatMap((slot, index) => (slot.sound === take.sound ? [{ ...slot, index }] : []));
  const quieter = offsetDecibels - pad.gainDecibels - take.gainDecibels;
  const attenuation = Math.min(MOST_ATTENUATION, Math.round((quieter * 10) / ATTENUATION_SHARE));
  const cents = Math.round((pad.semitones + take.semitones) * 100);
  const coarse = Math.trunc(cents / 100);
  return own.map(({ index, channel }) => ({
    generators: [
      [GENERATOR.keyRange, sf2Range(pad.note, pad.note)],
      [GENERATOR.velocityRange, sf2Range(at === 0 ? 0 : softestOf(pad, at), layer.upTo)],
      [GENERATOR.pan, panOf(pad.pan, own.length, channel)],
      [GENERATOR.attenuation, attenuation],
      [GENERATOR.coarseTune, coarse],
      [GENERATOR.fineTune, cents - coarse * 100],
      [GENERATOR.sampleId, index],
    ],
    modulators: [],
  }));
}

/** In tenths of a percent, -500 left ... 500 right. Of a stereo sound the far side moves towards the near one. */
function panOf(pan: number, channelCount: number, channel: number): number {
  if (channelCount === 1) return Math.round(pan * 500);
  return channel === 0
    ? Math.round(-500 + Math.max(0, pan) * 1000)
    : Math.round(500 + Math.min(0, pan) * 1000);
}
