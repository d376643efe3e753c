import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join, relative, resolve } from 'node:path';
import { attempt, failureOfError } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import { compareText, type DecodedMidi, type DecodeOptions, decodeMidi } from '#shared/model';
import type { Failure } from '#shared/protocol';

/** A MIDI file and where it stands in what was given: below the folder, or its name. */
export interface MidiPlace {
  readonly path: string;
  readonly below: string;
}

const isMidiName = (name: string): boolean =>
  ['.mid', '.midi', '.smf', '.kar', '.rmi'].includes(extname(name).toLowerCase()) && !name.startsWith('.');

/** A file as given, whatever it is called; of a folder the MIDI files in it and below it, by name. */
export async function midiFilesAt(given: string): Promise<Result<MidiPlace[], Failure>> {
  const path = resolve(given);
  return attempt(path, async () => {
    if (!(await stat(path)).isDirectory()) return [{ path, below: basename(path) }];
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries
      .filter(entry => !entry.isDirectory() && isMidiName(entry.name))
      .map(entry => join(entry.parentPath, entry.name))
      .sort(compareText)
      .map(file => ({ path: file, below: relative(path, file) }));
  }).then(found =>
    found.ok && found.value.length === 0 ? fail({ code: 'noMidiFiles' as const, path }) : found,
  );
}

/** A MIDI file as a pattern, or why it is none. */
export async function readMidi(path: string, options: DecodeOptions): Promise<Result<DecodedMidi, Failure>> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return fail(failureOfError(error, path));
  }
  const decoded = decodeMidi(bytes, options);
  return decoded.ok
    ? ok(decoded.value)
    : fail({ code: 'badFile', path, format: 'MIDI file', problems: [...decoded.failure] });
}
