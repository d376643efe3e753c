import { fail, ok, type Result } from '../base';
import type { FormatFault, ReadKit } from './document';
import { type Include, type SfzSection, sfzSections } from './sfz-text';
import { padsOfZones, type Zone } from './zones';

/** What a region takes of its sample beside all of it. */
export interface SampleSpan {
  /** Relative to the file, `/` between folders. */
  readonly path: string;
  /** In frames of the sample; null is its end. */
  readonly from: number;
  readonly to: number | null;
}

/** A span as the key of a sound, and back. */
export const spanKey = ({ path, from, to }: SampleSpan): string =>
  from === 0 && to === null ? path : `${path}#${from}-${to ?? ''}`;
export function spanOfKey(key: string): SampleSpan {
  const [, path, from, to] = /^(.*)#(\d+)-(\d*)$/s.exec(key) ?? [];
  if (path === undefined) return { path: key, from: 0, to: null };
  return { path, from: Number(from), to: to ? Number(to) : null };
}

type Opcodes = ReadonlyMap<string, string>;

/** Opcodes that change nothing that a one-shot sampler could do otherwise. */
const UNDERSTOOD =
  /^(sample|key|lokey|hikey|pitch_keycenter|pitch_keytrack|lovel|hivel|seq_length|seq_position|lorand|hirand|group|polyphony_group|off_by|off_mode|off_time|volume|gain|group_volume|master_volume|global_volume|amplitude|pan|tune|pitch|transpose|offset|end|trigger|group_label|region_label|master_label|global_label|amp_veltrack|amp_velcurve_\d+|loop_mode|loopmode|default_path|note_offset|octave_offset|ampeg_release|ampeg_attack|lochan|hichan|sw_last|sw_default|sw_lokey|sw_hikey|sw_label|sw_previous|set_cc\d+|label_cc\d+|lo(?:h?d?)cc\d+|hi(?:h?d?)cc\d+|polyphony|note_polyphony|label_key\d+)$/;

/** A kit of an SFZ file. `include` finds the files that it includes. */
export function readSfz(text: string, name: string, include: Include): Result<ReadKit, FormatFault> {
  const sections = sfzSections(text, include);
  if (!sections.ok) return sections;
  const { zones, left, ignored } = zonesOf(sections.value);
  if (zones.length === 0) return fail({ problems: ['it has no region with a sample that a stroke plays'] });
  const { pads, remarks } = padsOfZones(zones);
  return ok({
    document: { name, author: saidIn(text, 'author|by|made by'), licence: licenceIn(text), pads },
    remarks: [
      ...remarks,
      ...[...left].map(([why, count]) => `${count} region${count === 1 ? '' : 's'} left out: ${why}.`),
      ...(ignored.size > 0 ? [`Opcodes that are not followed: ${[...ignored].sort().join(', ')}.`] : []),
    ],
  });
}

/** What comments at the head say under one of these words: "// Author: Glen". */
function saidIn(text: string, words: string): string | null {
  const [head = ''] = text.split('<', 1);
  const line = new RegExp(`^[\\s/*]*(?:${words})\\s*[:=]\\s*(.+?)[\\s*/]*$`, 'im').exec(head);
  return line?.[1]?.trim() || null;
}

/** The licence under its word, else the line that names one. */
function licenceIn(text: string): string | null {
  const [head = ''] = text.split('<', 1);
  const named = /^[\s/*]*(.*\b(?:creative commons|CC[- ]?BY[-\w. ]*|CC0|public domain)\b.*?)[\s*/]*$/im.exec(
    head,
  );
  return saidIn(text, 'licen[cs]e|copyright') ?? named?.[1]?.trim() ?? null;
}

interface Zones {
  readonly zones: readonly Zone[];
  readonly left: ReadonlyMap<string, number>;
  readonly ignored: ReadonlySet<string>;
}

const LEVELS = ['global', 'master', 'group', 'region'];

function zonesOf(sections: readonly SfzSection[]): Zones {
  const zones: Zone[] = [];
  /** Groups that some region is ended by: the others only count voices. */
  const ending = new Set<string>();
  const left = new Map<string, number>();
  const ignored = new Set<string>();
  const control = new Map<string, string>();
  const above: Opcodes[] = [new Map(), new Map(), new Map()];
  for (const { header, opcodes } of sections) {
    if (header === 'control') for (const [name, value] of opcodes) control.set(name, value);
    const level = LEVELS.indexOf(header);
    for (const opcode of level < 0 ? [] : opcodes.keys()) if (!UNDERSTOOD.test(opcode)) ignored.add(opcode);
    if (level >= 0 && level < 3) {
      above[level] = opcodes;
      for (let below = level + 1; below < above.length; below++) above[below] = new Map();
    } else if (level === 3) {
      const all = new Map([...above, opcodes].flatMap(each => [...each]));
      const zone = zoneOf(all, control);
      if (typeof zone === 'string') left.set(zone, (left.get(zone) ?? 0) + 1);
      else {
        zones.push(zone);
        const off = all.get('off_by');
        if (off !== undefined) ending.add(off);
      }
    }
  }
  const choked = zones.map(zone => ({
    ...zone,
    choke: zone.choke !== null && ending.has(zone.choke) ? zone.choke : null,
  }));
  return { zones: choked, left, ignored };
}

/** A region as a zone, or why it is none. */
function zoneOf(opcodes: Opcodes, control: Opcodes): Zone | string {
  const number = (name: string, otherwise: number): number => {
    const value = Number.parseFloat(opcodes.get(name) ?? '');
    return Number.isFinite(value) ? value : otherwise;
  };
  const sample = opcodes.get('sample');
  if (!sample) return 'no sample';
  if (sample.startsWith('*')) return 'sounds that the player makes itself';
  const trigger = opcodes.get('trigger') ?? 'attack';
  if (trigger !== 'attack' && trigger !== 'first') return `they sound on ${trigger}, not on a stroke`;
  if (!matchesControllers(opcodes, control)) return 'they need a controller moved';
  const keyswitch = opcodes.get('sw_last');
  if (keyswitch !== undefined && keyswitch !== opcodes.get('sw_default')) return 'they need another key held';
  const shift =
    (numberOf(control.get('note_offset')) ?? 0) + 12 * (numberOf(control.get('octave_offset')) ?? 0);
  const key = noteOf(opcodes.get('key'));
  const low = noteOf(opcodes.get('lokey')) ?? key ?? 0;
  const high = noteOf(opcodes.get('hikey')) ?? key ?? 127;
  if (low < 0 || high < 0 || low > high) return 'no note plays them';
  const inRange = (note: number): number => Math.min(127, Math.max(0, note + shift));
  const root = noteOf(opcodes.get('pitch_keycenter')) ?? key ?? 60;
  const velocities = { low: number('lovel', 1), high: number('hivel', 127) };
  const from = Math.max(0, Math.round(number('offset', 0)));
  const end = Math.round(number('end', -1));
  if (end === -1 && opcodes.get('end') === '-1') return 'they are silent (end=-1)';
  const path = `${control.get('default_path') ?? ''}${sample}`.replaceAll('\\', '/');
  const span: SampleSpan = { path, from, to: end > from ? end + 1 : null };
  const label = opcodes.get('region_label') ?? opcodes.get('group_label') ?? null;
  return {
    sound: spanKey(span),
    name: label ?? plainName(path),
    lowNote: inRange(low),
    highNote: inRange(high),
    root: Math.min(127, Math.max(0, root + shift)),
    keytrack: number('pitch_keytrack', 100) / 100,
    low: Math.max(1, velocities.low),
    high: Math.min(127, velocities.high),
    pad: opcodes.get('group_label') ?? null,
    ...turnOf(opcodes, number),
    gainDecibels: gainOf(opcodes, number),
    pan: Math.min(1, Math.max(-1, number('pan', 0) / 100)),
    choke: chokeOf(opcodes),
    semitones: number('transpose', 0) + number('tune', number('pitch', 0)) / 100,
    velocityCurve: curveOf(opcodes, number),
  };
}

type NumberOf = (name: string, otherwise: number) => number;

function turnOf(opcodes: Opcodes, number: NumberOf): Pick<Zone, 'turn' | 'turns' | 'order'> {
  const turns = number('seq_length', 1);
  if (turns > 1) return { turn: number('seq_position', 1), turns, order: 'cycle' };
  if (!opcodes.has('lorand') && !opcodes.has('hirand')) return { turn: null, turns: 1, order: 'cycle' };
  const low = number('lorand', 0);
  return { turn: low, turns: number('hirand', 1) - low, order: 'random' };
}

const gainOf = (opcodes: Opcodes, number: NumberOf): number =>
  ['volume', 'gain', 'group_volume', 'master_volume', 'global_volume'].reduce(
    (sum, name) => sum + number(name, 0),
    0,
  ) + (opcodes.has('amplitude') ? 20 * Math.log10(Math.max(0.001, number('amplitude', 100) / 100)) : 0);

/** What ends a region, else the group that it is in and may end others by. */
function chokeOf(opcodes: Opcodes): string | null {
  const off = opcodes.get('off_by');
  const own = opcodes.get('group') ?? opcodes.get('polyphony_group');
  const group = off ?? own;
  return group === undefined || group === '0' ? null : group;
}

/** The exponent that fits the written points best; of `amp_veltrack` the share of the plain one. */
function curveOf(opcodes: Opcodes, number: NumberOf): number {
  const points = [...opcodes].flatMap(([name, value]) => {
    const [, velocity] = /^amp_velcurve_(\d+)$/.exec(name) ?? [];
    const [at, gain] = [Number(velocity) / 127, Number(value)];
    return velocity !== undefined && at > 0 && at < 1 && gain > 1e-3 && gain < 1 ? [{ at, gain }] : [];
  });
  const weight = points.reduce((sum, { at }) => sum + Math.log(at) ** 2, 0);
  const exponent =
    weight > 0
      ? points.reduce((sum, { at, gain }) => sum + Math.log(at) * Math.log(gain), 0) / weight / 2
      : number('amp_veltrack', 100) / 100;
  return Math.min(4, Math.max(0.25, Math.round(exponent * 1e4) / 1e4));
}

/** Whether a region sounds while nobody has moved a controller. */
function matchesControllers(opcodes: Opcodes, control: Opcodes): boolean {
  for (const [name, value] of opcodes) {
    const [, side, number] = /^(lo|hi)h?d?cc(\d+)$/.exec(name) ?? [];
    if (side === undefined) continue;
    const rest = numberOf(control.get(`set_cc${number}`)) ?? USUAL_CONTROLLERS[Number(number)] ?? 0;
    const limit = Number.parseFloat(value);
    if (side === 'lo' ? rest < limit : rest > limit) return false;
  }
  return true;
}

/** Volume, pan and expression as a synthesiser starts with them. */
const USUAL_CONTROLLERS: Readonly<Record<number, number>> = { 7: 100, 10: 64, 11: 127 };

const numberOf = (text: string | undefined): number | null => {
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) ? value : null;
};

const STEPS: Readonly<Record<string, number>> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 };

/** A note by number or by name, c4 being 60; null for neither. */
function noteOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^-?\d+$/.test(text)) return Number(text);
  const [, letter, sign, octave] = /^([a-g])([#b♯♭]?)(-?\d)$/i.exec(text) ?? [];
  if (letter === undefined) return null;
  const step = STEPS[letter.toLowerCase()] ?? 0;
  return step + (sign === '#' || sign === '♯' ? 1 : sign === '' ? 0 : -1) + 12 * (Number(octave) + 1);
}

const plainName = (path: string): string =>
  path
    .split('/')
    .at(-1)
    ?.replace(/\.[^.]*$/, '') || path;
