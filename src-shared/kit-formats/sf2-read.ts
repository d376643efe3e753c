import { fail, ok, type Result } from '../base';
import type { FormatFault, ReadKit } from './document';
import { chunksIn, textOfBytes } from './riff';
import {
  ATTENUATION_SHARE,
  GENERATOR,
  marksIn,
  type OwnMarks,
  PLAIN_VELOCITY,
  SAMPLE_TYPE,
  VELOCITY_CONCAVE,
} from './sf2-records';
import { padsOfZones, type Zone } from './zones';

/** One sample of a font: frames `start` to `end` of its pool. */
export interface Sf2Sample {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly sampleRate: number;
  readonly root: number;
  readonly cents: number;
  readonly link: number;
  readonly type: number;
}

interface Bag {
  readonly generators: ReadonlyMap<number, number>;
  /** Amount of the modulator from velocity to level; null for none. */
  readonly velocity: number | null;
}

interface Named {
  readonly name: string;
  readonly bags: readonly Bag[];
}

export interface Sf2Preset extends Named {
  readonly bank: number;
  readonly program: number;
}

/** All that a font says of its samples. */
export interface Sf2Font {
  readonly name: string | null;
  readonly author: string | null;
  readonly licence: string | null;
  readonly marks: OwnMarks;
  readonly presets: readonly Sf2Preset[];
  readonly instruments: readonly Named[];
  readonly samples: readonly Sf2Sample[];
}

const SIZES = {
  phdr: 38,
  pbag: 4,
  pmod: 10,
  pgen: 4,
  inst: 22,
  ibag: 4,
  imod: 10,
  igen: 4,
  shdr: 46,
} as const;
type Tag = keyof typeof SIZES;

/** Reads the lists INFO and pdta, given without their heads. */
export function readSf2(info: Uint8Array, pdta: Uint8Array): Result<Sf2Font, FormatFault> {
  const bad = (problem: string) => fail({ problems: [problem] });
  const texts = textsIn(info);
  const chunks = chunksIn(pdta);
  if (!texts || !chunks) return bad('a chunk reaches beyond the end of its list');
  const tables = new Map<Tag, DataView>();
  for (const tag of Object.keys(SIZES) as Tag[]) {
    const chunk = chunks.find(each => each.tag === tag);
    if (!chunk) return bad(`it has no ${tag} chunk`);
    if (chunk.bytes % SIZES[tag] !== 0 || chunk.bytes < SIZES[tag])
      return bad(`its ${tag} chunk is ${chunk.bytes} bytes, no number of records`);
    tables.set(tag, new DataView(pdta.buffer, pdta.byteOffset + chunk.start, chunk.bytes));
  }
  const table = (tag: Tag): Table =>
    new Table(tables.get(tag) ?? new DataView(new ArrayBuffer(0)), SIZES[tag]);
  const presetBags = bagsOf(table('pbag'), table('pgen'), table('pmod'));
  const instrumentBags = bagsOf(table('ibag'), table('igen'), table('imod'));
  if (!presetBags || !instrumentBags) return bad('its zones name generators that are not there');
  const phdr = table('phdr');
  const presets = named(phdr, 24, presetBags);
  const instruments = named(table('inst'), 20, instrumentBags);
  if (!presets || !instruments) return bad('its presets or instruments name zones that are not there');
  const shdr = table('shdr');
  return ok({
    name: texts.get('INAM') ?? null,
    author: texts.get('IENG') ?? null,
    licence: texts.get('ICOP') ?? null,
    marks: marksIn(texts.get('ICMT')),
    presets: presets.map((preset, index) => ({
      ...preset,
      program: phdr.u16(index, 20),
      bank: phdr.u16(index, 22),
    })),
    instruments,
    samples: Array.from({ length: shdr.count - 1 }, (_, index) => sampleAt(shdr, index)),
  });
}

class Table {
  readonly count: number;
  readonly #view: DataView;
  readonly #size: number;

  constructor(view: DataView, size: number) {
    this.#view = view;
    this.#size = size;
    this.count = view.byteLength / size;
  }

  u8 = (row: number, at: number): number => this.#view.getUint8(row * this.#size + at);
  u16 = (row: number, at: number): number => this.#view.getUint16(row * this.#size + at, true);
  u32 = (row: number, at: number): number => this.#view.getUint32(row * this.#size + at, true);

  name(row: number): string {
    const bytes = Array.from({ length: 20 }, (_, at) => this.u8(row, at));
    const end = bytes.indexOf(0);
    return String.fromCharCode(...bytes.slice(0, end < 0 ? 20 : end)).trim();
  }
}

function textsIn(info: Uint8Array): ReadonlyMap<string, string> | null {
  const chunks = chunksIn(info);
  if (!chunks) return null;
  return new Map(
    chunks.flatMap(({ tag, start, bytes }) => {
      const text = textOfBytes(info.subarray(start, start + bytes)).trim();
      return text === '' ? [] : [[tag, text] as const];
    }),
  );
}

/** The last record of each table only ends the one before. */
function bagsOf(bags: Table, generators: Table, modulators: Table): readonly Bag[] | null {
  const found: Bag[] = [];
  for (let row = 0; row + 1 < bags.count; row++) {
    const [from, to] = [bags.u16(row, 0), bags.u16(row + 1, 0)];
    const [first, last] = [bags.u16(row, 2), bags.u16(row + 1, 2)];
    if (to < from || to > generators.count || last < first || last > modulators.count) return null;
    const own = new Map<number, number>();
    for (let at = from; at < to; at++) own.set(generators.u16(at, 0), generators.u16(at, 2));
    let velocity: number | null = null;
    for (let at = first; at < last; at++)
      if (modulators.u16(at, 0) === VELOCITY_CONCAVE && modulators.u16(at, 2) === GENERATOR.attenuation)
        velocity = signed(modulators.u16(at, 4));
    found.push({ generators: own, velocity });
  }
  return found;
}

function named(table: Table, bagAt: number, bags: readonly Bag[]): readonly Named[] | null {
  const found: Named[] = [];
  for (let row = 0; row + 1 < table.count; row++) {
    const [from, to] = [table.u16(row, bagAt), table.u16(row + 1, bagAt)];
    if (to < from || to > bags.length) return null;
    found.push({ name: table.name(row), bags: bags.slice(from, to) });
  }
  return found;
}

const sampleAt = (shdr: Table, row: number): Sf2Sample => {
  const root = shdr.u8(row, 40);
  return {
    name: shdr.name(row),
    start: shdr.u32(row, 20),
    end: shdr.u32(row, 24),
    sampleRate: shdr.u32(row, 36),
    root: root > 127 ? 60 : root,
    cents: (shdr.u8(row, 41) << 24) >> 24,
    link: shdr.u16(row, 42),
    type: shdr.u16(row, 44),
  };
};

const signed = (value: number): number => (value << 16) >> 16;

/** What of the pool one sound is: one or two channels of the same frames. */
export interface PoolSpan {
  readonly channels: readonly { readonly start: number; readonly end: number }[];
  readonly sampleRate: number;
}

const keyOf = (channels: PoolSpan['channels'], sampleRate: number): string =>
  `${channels.map(({ start, end }) => `${start}-${end}`).join('+')}@${sampleRate}`;

export function poolSpanOf(key: string): PoolSpan {
  const [spans = '', rate = ''] = key.split('@');
  return {
    channels: spans.split('+').map(span => {
      const [start = 0, end = 0] = span.split('-').map(Number);
      return { start, end };
    }),
    sampleRate: Number(rate),
  };
}

/** A zone with the sample that it plays. */
interface Voiced {
  readonly zone: Omit<Zone, 'sound' | 'name' | 'pad'>;
  /** Name of the instrument where all of it is on one note. */
  readonly pad: string | null;
  readonly index: number;
  readonly sample: Sf2Sample;
  readonly start: number;
  readonly end: number;
}

/** The kit of one preset. */
export function kitOfPreset(font: Sf2Font, index: number): Result<ReadKit, FormatFault> {
  const preset = font.presets[index];
  if (!preset) return fail({ problems: [`it has no preset ${index + 1}`] });
  const counts = { looped: 0, shaped: 0, compressed: 0, missing: 0 };
  const voiced = preset.bags.flatMap((bag, at) => {
    const instrument = font.instruments[bag.generators.get(GENERATOR.instrument) ?? -1];
    const [first] = preset.bags;
    const global = at > 0 && first && !first.generators.has(GENERATOR.instrument) ? first : null;
    return instrument ? voicesOf(font, instrument, merged(global, bag), counts) : [];
  });
  if (counts.compressed > 0)
    return fail({ problems: ['its samples are compressed (SF3), which is no SoundFont 2'] });
  const zones = pairs(voiced);
  if (zones.length === 0) return fail({ problems: [`its preset ${preset.name} has no sample`] });
  const { pads, remarks } = padsOfZones(zones);
  const told = [
    ...(counts.looped > 0 ? [`${counts.looped} of its sounds loop; here they sound once.`] : []),
    ...(counts.shaped > 0 ? [`Filters and envelopes of ${counts.shaped} zones are left out.`] : []),
    ...(counts.missing > 0 ? [`${counts.missing} zones name samples that are not there.`] : []),
  ];
  return ok({
    document: {
      name: preset.name || font.name || 'SoundFont',
      author: font.author,
      licence: font.licence,
      pads,
    },
    remarks: [...remarks, ...told],
  });
}

/** The zone's own over those of its global zone. */
const merged = (global: Bag | null, bag: Bag): Bag => ({
  generators: new Map([...(global?.generators ?? []), ...bag.generators]),
  velocity: bag.velocity ?? global?.velocity ?? null,
});

interface Counts {
  looped: number;
  shaped: number;
  compressed: number;
  missing: number;
}

function voicesOf(font: Sf2Font, instrument: Named, above: Bag, counts: Counts): Voiced[] {
  const [first] = instrument.bags;
  const global = first && !first.generators.has(GENERATOR.sampleId) ? first : null;
  const isOnePad = isOnOneNote(instrument, above);
  return instrument.bags.flatMap((bag): Voiced[] => {
    const index = bag.generators.get(GENERATOR.sampleId);
    if (index === undefined) return [];
    const sample = font.samples[index];
    if (!sample || sample.end <= sample.start || sample.sampleRate === 0 || sample.type & SAMPLE_TYPE.rom) {
      counts.missing++;
      return [];
    }
    if (sample.type & SAMPLE_TYPE.compressed) counts.compressed++;
    const own = merged(global, bag);
    const zone = zoneOf(own, above, sample, font.marks);
    if (!zone) return [];
    if (((own.generators.get(GENERATOR.sampleModes) ?? 0) & 1) === 1) counts.looped++;
    if (isShaped(own)) counts.shaped++;
    const offset = (fine: number, coarse: number): number =>
      signed(own.generators.get(fine) ?? 0) + 32_768 * signed(own.generators.get(coarse) ?? 0);
    const start =
      sample.start + Math.max(0, offset(GENERATOR.startOffset, GENERATOR.startCoarse)) + font.marks.lead;
    const end = sample.end + Math.min(0, offset(GENERATOR.endOffset, GENERATOR.endCoarse));
    return end > start ? [{ zone, pad: isOnePad ? instrument.name : null, index, sample, start, end }] : [];
  });
}

/** Whether all sounds of an instrument, or of the preset's zone of it, are on one note. */
function isOnOneNote({ bags }: Named, above: Bag): boolean {
  const ranges = [above, ...bags].flatMap(({ generators }) => generators.get(GENERATOR.keyRange) ?? []);
  const single = ranges.filter(value => (value & 0xff) === value >> 8);
  return new Set(single).size === 1 && (single.length === ranges.length || isSingle(above));
}

const isSingle = ({ generators }: Bag): boolean => {
  const value = generators.get(GENERATOR.keyRange);
  return value !== undefined && (value & 0xff) === value >> 8;
};

/** Generators that a one-shot without envelope or filter does not follow. */
const isShaped = ({ generators }: Bag): boolean =>
  signed(generators.get(GENERATOR.decayVolume) ?? -12_000) > -12_000 ||
  (generators.get(GENERATOR.filterCutoff) ?? 13_500) < 13_500;

/** What a zone says under the preset's zone above it, whose numbers add to it and whose ranges narrow it; null when nothing plays it. */
function zoneOf(own: Bag, above: Bag, sample: Sf2Sample, marks: OwnMarks): Voiced['zone'] | null {
  const range = (generator: number): readonly [number, number] => {
    const [inner, outer] = [own, above].map(({ generators }) => generators.get(generator) ?? 0x7f00);
    return [
      Math.max((inner ?? 0) & 0xff, (outer ?? 0) & 0xff),
      Math.min((inner ?? 0) >> 8, (outer ?? 0) >> 8, 127),
    ];
  };
  const number = (generator: number, otherwise = 0): number =>
    signed(own.generators.get(generator) ?? otherwise) + signed(above.generators.get(generator) ?? 0);
  const [lowNote, highNote] = range(GENERATOR.keyRange);
  const [low, high] = range(GENERATOR.velocityRange);
  if (lowNote > highNote || low > high || high < 1) return null;
  const root = signed(own.generators.get(GENERATOR.rootKey) ?? -1);
  const choke = own.generators.get(GENERATOR.exclusiveClass) ?? 0;
  const attenuation = Math.max(0, number(GENERATOR.attenuation)) / 10;
  const velocity = own.velocity ?? PLAIN_VELOCITY;
  const gain = marks.offsetDecibels - attenuation * ATTENUATION_SHARE;
  return {
    lowNote,
    highNote,
    root: root >= 0 && root <= 127 ? root : sample.root,
    keytrack: number(GENERATOR.scaleTuning, 100) / 100,
    low: Math.max(1, low),
    high,
    turn: null,
    turns: 1,
    order: 'cycle',
    gainDecibels: Math.round(gain * 1e4) / 1e4,
    pan: Math.min(1, Math.max(-1, number(GENERATOR.pan) / 500)),
    choke: choke === 0 ? null : String(choke),
    semitones: number(GENERATOR.coarseTune) + (number(GENERATOR.fineTune) + sample.cents) / 100,
    velocityCurve: Math.min(4, Math.max(0.25, velocity / PLAIN_VELOCITY)),
  };
}

/** Two zones of one range that are the two sides of a stereo sound are one. */
function pairs(voiced: readonly Voiced[]): Zone[] {
  const used = new Set<Voiced>();
  return voiced.flatMap((left): Zone[] => {
    if (used.has(left)) return [];
    const right = voiced.find(other => other !== left && !used.has(other) && arePair(left, other));
    used.add(left);
    if (right) used.add(right);
    return [right ? stereo(left, right) : mono(left)];
  });
}

const isLeft = ({ sample, zone }: Voiced): boolean => sample.type === SAMPLE_TYPE.left || zone.pan <= -0.99;
const isRight = ({ sample, zone }: Voiced): boolean => sample.type === SAMPLE_TYPE.right || zone.pan >= 0.99;

const arePair = (a: Voiced, b: Voiced): boolean =>
  a.zone.lowNote === b.zone.lowNote &&
  a.zone.highNote === b.zone.highNote &&
  a.zone.low === b.zone.low &&
  a.zone.high === b.zone.high &&
  a.sample.sampleRate === b.sample.sampleRate &&
  ((isLeft(a) && isRight(b)) || (isRight(a) && isLeft(b))) &&
  (a.sample.link === b.index || Math.abs(a.end - a.start - (b.end - b.start)) <= 64);

function stereo(a: Voiced, b: Voiced): Zone {
  const [left, right] = isFirst(a, b) ? [a, b] : [b, a];
  const frames = Math.min(left.end - left.start, right.end - right.start);
  const channels = [left, right].map(({ start }) => ({ start, end: start + frames }));
  // Between -1 and 1 they lie as recorded; a side that has moved tells how far the sound is panned.
  const pan = left.zone.pan > -1 ? (left.zone.pan + 1) / 2 : (right.zone.pan - 1) / 2;
  return {
    ...left.zone,
    pan: Math.round(pan * 1e4) / 1e4,
    sound: keyOf(channels, left.sample.sampleRate),
    name: nameOf(left),
    pad: left.pad,
  };
}

/** Whether `a` is the left one of a pair: by what the samples are, else by where they lie. */
const isFirst = (a: Voiced, b: Voiced): boolean =>
  a.sample.type === b.sample.type ? a.zone.pan <= b.zone.pan : a.sample.type === SAMPLE_TYPE.left;

/** An instrument of one note is a pad; in one that holds a whole kit the samples have the names. */
const nameOf = ({ pad, sample }: Voiced): string =>
  pad ?? (sample.name.replace(/[\s_-]*(?:\(?[LR]\)?|left|right)$/i, '') || sample.name);

const mono = (voice: Voiced): Zone => ({
  ...voice.zone,
  sound: keyOf([voice], voice.sample.sampleRate),
  name: nameOf(voice),
  pad: voice.pad,
});
