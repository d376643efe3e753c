import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { parseMidi } from 'midi-file';
import type { Meter, Stroke, StrokeClass } from '#shared/model';
import { DATA } from '#test/material';

/** One performance of the Groove MIDI Dataset, recorded to a click that stands on the file's quarters. */
export interface Performance {
  readonly name: string;
  readonly style: string;
  readonly split: string;
  readonly isFill: boolean;
  readonly bpm: number;
  readonly meter: Meter;
  readonly strokes: readonly (Stroke & { readonly time: number })[];
}

/** Pitches of the Roland TD-11 that it was played on. */
const CLASSES: readonly (readonly [StrokeClass, readonly number[]])[] = [
  ['kick', [35, 36]],
  ['snare', [38, 40]],
  ['rim', [37]],
  ['clap', [39]],
  ['chh', [22, 42, 44]],
  ['ohh', [26, 46]],
  ['toms', [41, 43, 45, 47, 48, 50, 58]],
  ['ride', [51, 53, 59]],
  ['crash', [49, 52, 55, 57]],
];
const CLASS_OF = new Map(CLASSES.flatMap(([name, pitches]) => pitches.map(pitch => [pitch, name] as const)));

const ZIP = DATA && join(DATA, 'gmd/groove-v1.0.0-midionly.zip');

/** All performances, in the order of the dataset's own table; null where this machine has no data. */
export function groovePerformances(): Performance[] | null {
  if (!ZIP) return null;
  const files = zipEntries(readFileSync(ZIP));
  const [head = '', ...lines] = text(files, 'groove/info.csv').trim().split(/\r?\n/);
  const columns = head.split(',');
  return lines.map(line => {
    const cells = line.split(',');
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
    const [numerator = 4, denominator = 4] = cell('time_signature').split('-').map(Number);
    const bpm = Number(cell('bpm'));
    return {
      name: cell('id'),
      style: cell('style'),
      split: cell('split'),
      isFill: cell('beat_type') === 'fill',
      bpm,
      meter: { numerator, denominator: denominator === 8 ? 8 : 4 },
      strokes: strokesOf(bytes(files, `groove/${cell('midi_filename')}`), bpm),
    };
  });
}

/** All MIDI files of the set by name; empty where this machine has no data. */
export function grooveFiles(): ReadonlyMap<string, Uint8Array> {
  const files = ZIP ? [...zipEntries(readFileSync(ZIP))] : [];
  return new Map(files.filter(([name]) => name.endsWith('.mid')).map(([name, read]) => [name, read()]));
}

function strokesOf(midi: Uint8Array, bpm: number): Performance['strokes'] {
  const { header, tracks } = parseMidi(midi);
  return tracks
    .flatMap(track => {
      let tick = 0;
      return track.flatMap(event => {
        tick += event.deltaTime;
        if (event.type !== 'noteOn' || event.velocity === 0) return [];
        const name = CLASS_OF.get(event.noteNumber);
        const time = ((tick / (header.ticksPerBeat ?? 480)) * 60) / bpm;
        return name ? [{ time, class: name, probability: 1, velocity: event.velocity / 127 }] : [];
      });
    })
    .sort((a, b) => a.time - b.time);
}

const bytes = (files: ReadonlyMap<string, () => Uint8Array>, name: string): Uint8Array => {
  const read = files.get(name);
  if (!read) throw new Error(`the archive has no ${name}`);
  return read();
};
const text = (files: ReadonlyMap<string, () => Uint8Array>, name: string): string =>
  Buffer.from(bytes(files, name)).toString('utf8');

const END_SIGNATURE = 0x06_05_4b_50;
const DEFLATED = 8;

/** Members of a zip archive by name; unpacked when asked for. */
function zipEntries(zip: Buffer): Map<string, () => Uint8Array> {
  let end = zip.length - 22;
  while (zip.readUInt32LE(end) !== END_SIGNATURE) end--;
  const entries = new Map<string, () => Uint8Array>();
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    const method = zip.readUInt16LE(at + 10);
    const size = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    entries.set(zip.toString('utf8', at + 46, at + 46 + nameLength), () => {
      const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const packed = zip.subarray(begin, begin + size);
      return method === DEFLATED ? inflateRawSync(packed) : packed;
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}
