import type { TakeOrder } from '../model';
import type { KitLayer, KitPad } from './document';

/** What formats without pads are made of: one sound for some notes and velocities. */
export interface Zone {
  readonly sound: string;
  /** What it is called, where the file says. */
  readonly name: string | null;
  readonly lowNote: number;
  readonly highNote: number;
  readonly root: number;
  /** Semitones that a note away from the root changes the pitch by; 0 for most drums. */
  readonly keytrack: number;
  readonly low: number;
  readonly high: number;
  /** What the file calls the pad, where it does: tells two on one note apart. */
  readonly pad: string | null;
  /** Place among takes that follow each other, and their number or what tells their row from another; null for the only one. */
  readonly turn: number | null;
  readonly turns: number;
  readonly order: TakeOrder;
  readonly gainDecibels: number;
  readonly pan: number;
  readonly choke: string | null;
  readonly semitones: number;
  readonly velocityCurve: number;
}

/** Takes for one note and velocity range. */
interface Band {
  readonly low: number;
  readonly high: number;
  readonly pad: string | null;
  readonly zones: Zone[];
}

/**
 * Pads from zones: those of one note are one pad's layers and takes. Sounds that would sound at once (several microphones, crossfades) become
 * pads of their own on the same note, because a pad here sounds one hit a stroke.
 */
export function padsOfZones(zones: readonly Zone[]): {
  readonly pads: readonly KitPad[];
  readonly remarks: readonly string[];
} {
  const groups = Map.groupBy(zones, zone => `${zone.lowNote} ${zone.highNote}`);
  const remarks: string[] = [];
  const pads: KitPad[] = [];
  const stacked = new Set<number>();
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const note = Math.min(first.highNote, Math.max(first.lowNote, first.root));
    if (first.lowNote < first.highNote)
      remarks.push(
        `${first.name ?? 'A sound'} plays on notes ${first.lowNote} to ${first.highNote}; here on ${note} alone.`,
      );
    const columns = columnsOf(bandsOf(group));
    if (columns.length > 1) stacked.add(note);
    for (const [index, bands] of columns.entries()) {
      const pad = padOf(bands, note, index);
      pads.push(pad);
      if (bands.some(band => band.zones.some(zone => Math.abs(zone.pan - pad.pan) > 1e-6)))
        remarks.push(`The layers of ${pad.name} lie at different places; here all where its softest does.`);
    }
  }
  if (stacked.size > 0)
    remarks.push(
      `Several sounds at once on note ${[...stacked].sort((a, b) => a - b).join(', ')}: each is a pad of its own here.`,
    );
  return { pads: pads.sort((a, b) => a.note - b.note), remarks };
}

/** Takes that follow each other share a band; others that answer the same strokes have one each. */
function bandsOf(zones: readonly Zone[]): Band[] {
  const bands: Band[] = [];
  for (const zone of zones) {
    const turns = bands.find(
      band =>
        band.low === zone.low &&
        band.high === zone.high &&
        band.pad === zone.pad &&
        zone.turn !== null &&
        band.zones.every(
          ({ turn, turns: row }) => turn !== null && turn !== zone.turn && Math.abs(row - zone.turns) < 1e-4,
        ),
    );
    if (turns) turns.zones.push(zone);
    else bands.push({ low: zone.low, high: zone.high, pad: zone.pad, zones: [zone] });
  }
  return bands.sort((a, b) => a.low - b.low || a.high - b.high);
}

/** Bands in as few columns as it takes for none of a column to overlap; those that the file calls alike stay together. */
function columnsOf(bands: readonly Band[]): Band[][] {
  const columns: Band[][] = [];
  for (const band of bands) {
    const open = columns.filter(column => (column.at(-1)?.high ?? -1) < band.low);
    const free = open.find(column => column.at(-1)?.pad === band.pad) ?? open[0];
    if (free) free.push(band);
    else columns.push([band]);
  }
  return columns;
}

function padOf(bands: readonly Band[], note: number, index: number): KitPad {
  const zones = bands.flatMap(band => band.zones);
  const gain = common(zones.map(zone => zone.gainDecibels)) ?? 0;
  const pitches = zones.map(zone => zone.semitones + (note - zone.root) * zone.keytrack);
  const pitch = common(pitches) ?? 0;
  const [first] = zones;
  const layers = bands.map(
    ({ high, zones: takes }, at): KitLayer => ({
      upTo: at === bands.length - 1 ? 127 : high,
      takes: takes
        .toSorted((a, b) => (a.turn ?? 0) - (b.turn ?? 0))
        .map(zone => ({
          sound: zone.sound,
          gainDecibels: zone.gainDecibels - gain,
          semitones: zone.semitones + (note - zone.root) * zone.keytrack - pitch,
        })),
    }),
  );
  const name = first?.name ?? `Note ${note}`;
  return {
    name: index === 0 || first?.pad !== null ? name : `${name} ${index + 1}`,
    note,
    instrument: null,
    role: null,
    gainDecibels: gain,
    pan: first?.pan ?? 0,
    choke: first?.choke ?? null,
    semitones: pitch,
    velocityCurve: first?.velocityCurve ?? 1,
    order: zones.find(zone => zone.turn !== null)?.order ?? 'cycle',
    layers,
  };
}

/** What all share; null when they differ. */
const common = (values: readonly number[]): number | null =>
  values.every(value => Math.abs(value - (values[0] ?? 0)) < 1e-6) ? (values[0] ?? null) : null;
