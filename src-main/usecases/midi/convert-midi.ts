import { basename, dirname, extname, join, resolve } from 'node:path';
import { failureOfError, makeFolder, writeFileWhole } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import { type DrumMap, encodeMidi, encodeMidiByRole } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { type MidiPlace, readMidi } from './midi-files';

export interface Conversion {
  /** By which files are read; the map that they look like when null. */
  readonly from: DrumMap | null;
  /** By which they are written; the one by which they were read when null. */
  readonly to: DrumMap | null;
  readonly type: 0 | 1 | 'roles';
  readonly out: string;
}

export interface Converted {
  readonly paths: readonly string[];
  readonly warnings: readonly string[];
}

/** A MIDI file through a pattern and back, under its own name below the folder; `taken` are the files written before. */
export async function convertMidi(
  { path, below }: MidiPlace,
  { from, to, type, out }: Conversion,
  taken: Set<string>,
): Promise<Result<Converted, Failure>> {
  const read = await readMidi(path, from ? { map: from } : {});
  if (!read.ok) return read;
  const { pattern, map, warnings, unnamed } = read.value;
  const name = basename(below, extname(below));
  const options = { name, map: to ?? map };
  const folder = join(resolve(out), dirname(below));
  const files =
    type === 'roles'
      ? encodeMidiByRole(pattern, options).map(({ role, bytes }) => ({ file: `${name}_${role}.mid`, bytes }))
      : [{ file: `${name}.mid`, bytes: encodeMidi(pattern, { ...options, type }) }];
  const paths = files.map(({ file }) => join(folder, file));
  for (const target of paths) {
    if (target === path)
      return fail({ code: 'notWritable', path: target, reason: 'it is the file that is being converted' });
    if (taken.has(target))
      return fail({ code: 'notWritable', path: target, reason: 'another of these files was written there' });
  }
  try {
    await makeFolder(folder);
    for (const [index, { bytes }] of files.entries()) await writeFileWhole(paths[index] ?? '', bytes);
  } catch (error) {
    return fail(failureOfError(error, folder));
  }
  for (const target of paths) taken.add(target);
  return ok({ paths, warnings: [...warnings, ...unnamed] });
}
