import { ByteWriter, utf8Bytes } from './riff';
import { GENERATOR, SAMPLE_TYPE } from './sf2-records';

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

/** What holds for an instrument or a part of it. */
export interface Sf2Zone {
  readonly generators: readonly (readonly [number: number, amount: number])[];
  readonly modulators: readonly (readonly [source: number, destination: number, amount: number])[];
}

export interface Sf2Instrument {
  readonly name: string;
  readonly zones: readonly Sf2Zone[];
}

/** Instruments of a font on keys, as program `program` of the bank of drum kits. */
export interface Sf2Program {
  readonly name: string;
  readonly program: number;
  readonly keys: readonly { readonly key: number; readonly instrument: number }[];
}

export interface Sf2Bank {
  readonly name: string;
  readonly author: string | null;
  readonly licence: string | null;
  readonly comment: string;
  readonly programs: readonly Sf2Program[];
  readonly instruments: readonly Sf2Instrument[];
}

const PERCUSSION = 128;
/** Longest name of anything. */
const NAME = 20;

/** The low and the high end of a range in a generator's amount. */
export const sf2Range = (low: number, high: number): number => low | (high << 8);

/** A font of drum kits around its audio. @see SoundFont Technical Specification 2.04 */
export function layOutSf2Bank(
  bank: Sf2Bank,
  slots: readonly Sf2Slot[],
  sounds: ReadonlyMap<string, Sf2Sound>,
  isWide: boolean,
): Sf2Layout {
  const info = infoList(bank);
  const tail = pdtaList(bank, slots, sounds);
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

function infoList({ name, author, licence, comment }: Sf2Bank): Uint8Array {
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

function pdtaList(
  { programs, instruments }: Sf2Bank,
  slots: readonly Sf2Slot[],
  sounds: ReadonlyMap<string, Sf2Sound>,
): Uint8Array {
  const list = new ByteWriter().tag('LIST').u32(0).tag('pdta');
  const header = new ByteWriter();
  let presetBag = 0;
  for (const { name, program, keys } of programs) {
    header.name(name, NAME).u16(program).u16(PERCUSSION).u16(presetBag).zeros(12);
    presetBag += keys.length;
  }
  header.name('EOP', NAME).u16(0).u16(0).u16(presetBag).zeros(12);
  list.chunk('phdr', header.done());
  zoneChunks(
    list,
    'p',
    programs.flatMap(({ keys }) =>
      keys.map(({ key, instrument }) => ({
        generators: [
          [GENERATOR.keyRange, sf2Range(key, key)],
          [GENERATOR.instrument, instrument],
        ],
        modulators: [],
      })),
    ),
  );
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

function zoneChunks(list: ByteWriter, letter: 'p' | 'i', zones: readonly Sf2Zone[]): void {
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
