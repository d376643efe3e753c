import type { StemPlace } from './contract';
import type { ModelDescription } from './tensors';

/** Order of the stems of a model that does not name them. */
const FOUR = ['drums', 'bass', 'other', 'vocals'];
const SIX = [...FOUR, 'guitar', 'piano'];
const KNOWN = [...SIX, 'accompaniment', 'instrumental'];

export interface StemLayout {
  readonly stems: readonly StemPlace[];
  readonly stemCount: number;
}

/**
 * Names of a model's stems and their places. `count` is what the outputs' shapes say, null when they leave it open.
 * The file's own list goes first; a file fine-tuned for one stem (`..._ft_drums.onnx`) has only that one to offer,
 * whatever else it puts out.
 */
export function stemLayout(model: ModelDescription, count: number | null): StemLayout {
  const listed = listedSources(model);
  const stemCount = count ?? listed?.length ?? (/(^|[^0-9])6s/.test(model.fileName) ? 6 : 4);
  const names =
    listed && listed.length >= stemCount ? listed.slice(0, stemCount) : namesFor(stemCount, model.fileName);
  const tuned = /_ft_([a-z]+)/i.exec(model.fileName)?.[1]?.toLowerCase();
  const places = names.map((name, index) => ({ name, index }));
  const only = stemCount > 1 ? places.filter(({ name }) => name === tuned) : [];
  return { stemCount, stems: only.length > 0 ? only : places };
}

/** Key `sources` as a JSON list or as words between commas. */
export function listedSources(model: ModelDescription): readonly string[] | null {
  const text = model.metadata['sources'] ?? model.metadata['stems'];
  if (text === undefined) return null;
  const words = text
    .replaceAll(/[[\]"'\s]/g, '')
    .split(',')
    .filter(word => word !== '');
  return words.length > 0 ? words : null;
}

function namesFor(count: number, fileName: string): readonly string[] {
  if (count === 1) return [stemInName(fileName) ?? 'other'];
  if (count === 4) return FOUR;
  if (count === 6) return SIX;
  if (count === 2) return ['vocals', 'accompaniment'];
  return Array.from({ length: count }, (_, index) => `stem-${index + 1}`);
}

/** The last stem that a file or tensor is named after, null when none is. */
export function stemInName(name: string): string | null {
  const words = name.toLowerCase().split(/[^a-z]+/);
  return KNOWN.findLast(stem => words.some(word => word === stem || `${word}s` === stem)) ?? null;
}
