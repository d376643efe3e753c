import { chokeNumbers, type KitDocument, type KitPad, softestOf } from './document';
import { ByteWriter, utf8Bytes } from './riff';
import {
  ATTENUATION_SHARE,
  commentOf,
  GENERATOR,
  PLAIN_VELOCITY,
  SAMPLE_TYPE,
  VELOCITY_CONCAVE,
  VELOCITY_LINEAR,
} from './sf2-records';

export interface Sf2Sound {
  readonly name: string;
  readonly frames: number;
  readonly channelCount: number;
  readonly sampleRate: number;
}

/** One channel of a sound in the font's pool of samples: `lead` frames of silence, the audio, `rest` frames of silence. */
export interface Sf2Slot {
  readonly sound: string;
  readonly channel: number;
  readonly lead: number;
  readonly frames: number;
  readonly rest: number;
}

/** A font around its audio: `head`, 16 bits a frame of every slot, `middle`, the 8 bits below them where `isWide`, `tail`. */
export interface Sf2Layout {
  readonly head: Uint8Array;
  readonly slots: readonly Sf2Slot[];
  readonly isWide: boolean;
  readonly middle: Uint8Array;
  readonly tail: Uint8Array;
  readonly bytes: number;
}

/** Frames of silence before each sound: 2 ms, more than a player's shortest attack. */
const LEAD = 96;
/** As the specification asks, section 6.1. */
const REST = 46;
/** The longest release there is, 101 s, so that a key let go early cuts nothing off: one-shots are not told otherwise. */
const LONGEST_RELEASE = 8000;
const MOST_ATTENUATION = 1440;
const PERCUSSION = 128;
/** Longest name of anything. */
const NAME = 20;

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
  const info = infoList(document, commentOf({ lead: LEAD, offsetDecibels }));
  const tail = pdtaList({ ...document, pads }, slots, sounds, offsetDecibels);
  const frames = slots.reduce((total, slot) => total + slot.lead + slot.frames + slot.rest, 0);
  const lowBytes = isWide ? 8 + frames + (frames % 2) : 0;
  const sdta = 4 + 8 + frames * 2 + lowBytes;
  const riff = 4 + info.length + 8 + sdta + tail.length;
  const head = new ByteWriter();
  head
    .tag('RIFF')
    .u32(riff)
    .tag('sfbk')
    .bytes(info)
    .tag('LIST')
    .u32(sdta)
    .tag('sdta')
    .tag('smpl')
    .u32(frames * 2);
  const middle = new ByteWriter();
  if (isWide) middle.tag('sm24').u32(frames);
  return {
    head: head.done(),
    slots,
    isWide,
    middle: middle.done(),
    tail,
    bytes: 8 + riff,
  };
}

function infoList({ name, author, licence }: KitDocument, comment: string): Uint8Array {
  const list = new ByteWriter().tag('LIST').u32(0).tag('INFO');
  list.tag('ifil').u32(4).u16(2).u16(4);
  const text = (tag: string, value: string): void => {
    const bytes = utf8Bytes(value).slice(0, 250);
    const padded = bytes.length + (bytes.length % 2 === 0 ? 2 : 1);
    list
      .tag(tag)
      .u32(padded)
      .bytes(bytes)
      .zeros(padded - bytes.length);
  };
  text('isng', 'EMU8000');
  text('INAM', name);
  if (author !== null) text('IENG', author);
  if (licence !== null) text('ICOP', licence);
  text('ICMT', comment);
  text('ISFT', 'Backbeat');
  return list.sized();
}

interface ZoneRecord {
  readonly generators: readonly (readonly [number, number])[];
  readonly modulators: readonly (readonly [source: number, destination: number, amount: number])[];
}

const range = (low: number, high: number): number => low | (high << 8);

function pdtaList(
  document: KitDocument,
  slots: readonly Sf2Slot[],
  sounds: ReadonlyMap<string, Sf2Sound>,
  offsetDecibels: number,
): Uint8Array {
  const groups = chokeNumbers(document);
  const instruments = document.pads.map(pad => ({
    name: pad.name,
    zones: [
      globalZone(pad, groups),
      ...pad.layers.flatMap((_, at) => layerZones(pad, at, slots, offsetDecibels)),
    ],
  }));
  const preset = {
    name: document.name,
    zones: document.pads.map(
      ({ note }, index): ZoneRecord => ({
        generators: [
          [GENERATOR.keyRange, range(note, note)],
          [GENERATOR.instrument, index],
        ],
        modulators: [],
      }),
    ),
  };
  const list = new ByteWriter().tag('LIST').u32(0).tag('pdta');
  const header = new ByteWriter();
  header.name(preset.name, NAME).u16(0).u16(PERCUSSION).u16(0).zeros(12);
  header.name('EOP', NAME).u16(0).u16(0).u16(preset.zones.length).zeros(12);
  list.chunk('phdr', header.done());
  zoneChunks(list, 'p', preset.zones);
  const inst = new ByteWriter();
  let bag = 0;
  for (const { name, zones } of instruments) {
    inst.name(name, NAME).u16(bag);
    bag += zones.length;
  }
  inst.name('EOI', NAME).u16(bag);
  list.chunk('inst', inst.done());
  zoneChunks(
    list,
    'i',
    instruments.flatMap(({ zones }) => zones),
  );
  list.chunk('shdr', sampleHeaders(slots, sounds));
  return list.sized();
}

/** What holds for all of a pad: one-shot as far as it goes, its choke group, velocity by level alone. */
const globalZone = (pad: KitPad, groups: ReadonlyMap<string, number>): ZoneRecord => ({
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
): readonly ZoneRecord[] {
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
      [GENERATOR.keyRange, range(pad.note, pad.note)],
      [GENERATOR.velocityRange, range(at === 0 ? 0 : softestOf(pad, at), layer.upTo)],
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

function zoneChunks(list: ByteWriter, letter: 'p' | 'i', zones: readonly ZoneRecord[]): void {
  const bags = new ByteWriter();
  const modulators = new ByteWriter();
  const generators = new ByteWriter();
  let [generator, modulator] = [0, 0];
  for (const zone of zones) {
    bags.u16(generator).u16(modulator);
    generator += zone.generators.length;
    modulator += zone.modulators.length;
    for (const [number, amount] of zone.generators) generators.u16(number).u16(amount & 0xffff);
    for (const [source, destination, amount] of zone.modulators)
      modulators
        .u16(source)
        .u16(destination)
        .u16(amount & 0xffff)
        .u16(0)
        .u16(0);
  }
  bags.u16(generator).u16(modulator);
  list.chunk(`${letter}bag`, bags.done());
  list.chunk(`${letter}mod`, modulators.zeros(10).done());
  list.chunk(`${letter}gen`, generators.zeros(4).done());
}

function sampleHeaders(slots: readonly Sf2Slot[], sounds: ReadonlyMap<string, Sf2Sound>): Uint8Array {
  const headers = new ByteWriter();
  let start = 0;
  for (const [index, slot] of slots.entries()) {
    const facts = sounds.get(slot.sound);
    const isPair = (facts?.channelCount ?? 1) > 1;
    const end = start + slot.lead + slot.frames;
    const name = facts?.name ?? slot.sound;
    headers.name(isPair ? `${name.slice(0, NAME - 3)} ${slot.channel === 0 ? 'L' : 'R'}` : name, NAME);
    headers
      .u32(start)
      .u32(end)
      .u32(start)
      .u32(end)
      .u32(facts?.sampleRate ?? 44_100);
    headers.u8(60).u8(0);
    headers.u16(isPair ? (slot.channel === 0 ? index + 1 : index - 1) : 0);
    headers.u16(isPair ? (slot.channel === 0 ? SAMPLE_TYPE.left : SAMPLE_TYPE.right) : SAMPLE_TYPE.mono);
    start = end + slot.rest;
  }
  return headers.name('EOS', NAME).zeros(26).done();
}
