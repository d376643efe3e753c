import type { FileRef } from '#main/jobs';
import { SkeletonMetaSchema } from '#shared/model';
import { fileOf } from '../hear';
import { readJson } from '../inputs';
import type { Publication } from '../publish';

/** A grid and the events on it. */
export interface GridFiles {
  readonly grid: FileRef;
  readonly eventGrid: FileRef;
}

const json = (kind: string, stem: string, file: FileRef): Publication => ({
  kind,
  stem,
  extension: '.json',
  content: file,
});
const midi = (kind: string, stem: string, file: FileRef): Publication => ({
  kind,
  stem,
  extension: '.mid',
  content: file,
});

/** `pathOf` says where a sample of the pools lies for the user, relative to the folder of the files. */
export async function skeletonFiles(
  drawn: GridFiles & { readonly skeletonMeta: FileRef },
  pathOf: (sampleId: string, filepath: string) => string,
): Promise<Publication[]> {
  const meta = await readJson(drawn.skeletonMeta.path, 'skeleton meta', SkeletonMetaSchema);
  const samples = meta.samples.map(sample => ({
    ...sample,
    filepath: sample.sample_id && sample.filepath && pathOf(sample.sample_id, sample.filepath),
  }));
  const text = `${JSON.stringify({ ...meta, samples }, null, 2)}\n`;
  return [
    json('grid', 'grid', drawn.grid),
    json('event_grid', 'event_grid', drawn.eventGrid),
    { kind: 'skeleton_meta', stem: 'skeleton_meta', extension: '.json', content: { text } },
  ];
}

export const transformerFiles = (made: {
  readonly eventGrid: FileRef;
  readonly midi: FileRef;
  readonly grid: FileRef | null;
}): Publication[] => [
  midi('transformer_midi', 'transformer_output', made.midi),
  json('event_grid', 'event_grid_transformer', made.eventGrid),
  ...(made.grid ? [json('grid', 'grid', made.grid)] : []),
];

/** The event grid of a stage and, where it made layers, those of each of them. */
export const eventGridFiles = (files: Readonly<Record<string, FileRef>>): Publication[] => [
  json('event_grid', 'event_grid', fileOf(files, 'eventGrid')),
  ...layersOf(files, 'eventGrid', (kind, layer, file) => json(kind, `event_grid_${layer}`, file)),
];

/** `event_grid_N.json`, `notes_N.mid` and the same of each layer. */
export const layoutFiles = (files: Readonly<Record<string, FileRef>>): Publication[] => [
  ...eventGridFiles(files),
  midi('midi', 'notes', fileOf(files, 'midi')),
  ...layersOf(files, 'midi', (kind, layer, file) => midi(kind, `notes_${layer}`, file)),
];

function layersOf(
  files: Readonly<Record<string, FileRef>>,
  what: 'eventGrid' | 'midi',
  publication: (kind: string, layer: string, file: FileRef) => Publication,
): Publication[] {
  return Object.entries(files).flatMap(([name, file]) =>
    name.startsWith(`${what}:`)
      ? [publication(name, name.slice(what.length + 1).replaceAll('-', '_'), file)]
      : [],
  );
}
