import { basename, extname } from 'node:path';
import { canonicalJson, hashText, type Result, fail, ok } from '#shared/base';
import type {
  Failure,
  ImportedMidi,
  ImportMidiAnswer,
  ImportMidiRequest,
  MidiPreview,
} from '#shared/protocol';
import { meterText } from '#shared/model';
import type { Library } from '#main/library';
import { Failed } from '#main/platform';
import type { ResolveUpload } from '../uploads';
import { drumMapOf } from './drum-maps';
import { midiFilesAt, readMidi } from './midi-files';

interface NamedFile {
  readonly path: string;
  /** What the user calls it. */
  readonly name: string;
}

const UPLOAD = 'upload:';

/** MIDI files, all MIDI files of folders, or uploads; names without what a file system adds. */
async function filesAt(given: string, resolveUpload: ResolveUpload): Promise<Result<NamedFile[], Failure>> {
  if (given.startsWith(UPLOAD)) {
    const upload = resolveUpload(given.slice(UPLOAD.length));
    return upload ? ok([upload]) : fail({ code: 'notFound', path: given });
  }
  const found = await midiFilesAt(given);
  return found.ok ? ok(found.value.map(({ path }) => ({ path, name: basename(path) }))) : found;
}

/** What a file holds, for the choice of a map: nothing is stored. Throws `Failed`. */
export async function previewMidi(path: string, resolveUpload: ResolveUpload): Promise<MidiPreview> {
  const files = await filesAt(path, resolveUpload);
  if (!files.ok) throw new Failed(files.failure);
  const [first] = files.value;
  if (!first) throw new Failed({ code: 'noMidiFiles', path });
  const read = await readMidi(first.path, {});
  if (!read.ok) throw new Failed(read.failure);
  const { pattern, map, numbers, warnings } = read.value;
  const meters = [...new Set(pattern.bars.map(meterText))];
  return {
    name: nameOf(first),
    fileCount: files.value.length,
    tempo: pattern.tempo,
    tempoCount: pattern.tempoChanges.length + 1,
    meters,
    barCount: pattern.bars.length,
    noteCount: pattern.notes.length,
    numbers: [...numbers].map(([note, count]) => ({ note, count })),
    likelyMap: map.id,
    warnings: [...warnings],
  };
}

/**
 * MIDI files as patterns of the library, on a kit. A file that cannot be read does not stop the others; the same file by the same map
 * is the pattern that it was, with what the user changed in it since left alone.
 */
export async function importMidi(
  library: Library,
  { paths, map: mapId, kitId }: ImportMidiRequest,
  resolveUpload: ResolveUpload,
  now: Date,
): Promise<ImportMidiAnswer> {
  const map = mapId === null ? null : await drumMapOf(library.folder, mapId);
  const kit = await library.kits.one(kitId);
  if (!kit) throw new Failed({ code: 'notFound', path: `kit ${kitId}` });
  const imported: ImportedMidi[] = [];
  const refused: { readonly path: string; readonly failure: Failure }[] = [];
  for (const path of paths) {
    const files = await filesAt(path, resolveUpload);
    if (!files.ok) {
      refused.push({ path, failure: files.failure });
      continue;
    }
    for (const file of files.value) {
      const read = await readMidi(file.path, map ? { map } : {});
      if (!read.ok) {
        refused.push({ path: file.name, failure: read.failure });
        continue;
      }
      const { pattern, warnings, unnamed } = read.value;
      const name = nameOf(file);
      const id = `pattern-midi-${hashText(canonicalJson({ name, pattern, kitId })).toString(16)}`;
      const stored = await library.write(async at => {
        const known = await at.patterns.one(id);
        if (known) return known;
        const made = { id, name, kitId, trackId: null, pattern };
        await at.patterns.put(made, now.toISOString());
        return made;
      });
      imported.push({ stored, map: read.value.map.id, warnings: [...warnings, ...unnamed] });
    }
  }
  return { imported, refused };
}

const nameOf = ({ name }: NamedFile): string => basename(name, extname(name)).trim().slice(0, 120) || 'MIDI';
