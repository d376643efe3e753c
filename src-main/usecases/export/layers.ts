import { layerOf } from '#shared/compose';
import { padOf, rolesIn, writtenHit } from '#shared/mix';
import type { Kit, Pattern } from '#shared/model';
import {
  type ExportRequest,
  filesOf,
  type Layer,
  type NamedFile,
  namedFiles,
  nameWordsOf,
} from '#shared/protocol';

/**
 * The request's pattern in one layer, every note naming the hit that the preview plays: the one that its pad has chosen. Notes whose pad has
 * velocity layers name none: each of their strokes finds its own.
 */
export function layerWithHits(pattern: Pattern, layer: Layer, kit: Kit): Pattern {
  const inLayer = layerOf(pattern, layer);
  const notes = inLayer.notes.map(note => {
    if (note.hit !== null) return note;
    const pad = padOf(note, kit);
    return { ...note, hit: pad ? writtenHit(pad) : null };
  });
  return { ...inLayer, notes };
}

/** The files of an export under the names of one number. */
export function exportNames(request: ExportRequest, kit: Kit): (number: number) => readonly NamedFile[] {
  const { pattern, passes, naming } = request;
  const files = filesOf(request, layer => rolesIn(layerOf(pattern, layer), kit, passes));
  const words = nameWordsOf(request, pattern, kit);
  return number => namedFiles(naming, words, files, number);
}
