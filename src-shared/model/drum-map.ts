import { z } from 'zod';
import { INSTRUMENT_FACTS, type Instrument, InstrumentSchema } from './instrument';

/** How a drum is struck, or which of several drums of an instrument it is: `edge`, `rimshot`, `second`. */
export const ArticulationSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(32);

/** What a note number of a drum map stands for. */
export interface Drum {
  readonly instrument: Instrument;
  /** null: the plain one. */
  readonly articulation: string | null;
}

const MappedNoteSchema = z.strictObject({
  note: z.number().int().min(0).max(127),
  instrument: InstrumentSchema,
  articulation: ArticulationSchema.optional(),
  /** What the map's maker calls it. */
  name: z.string().min(1).max(80).optional(),
});
export type MappedNote = z.infer<typeof MappedNoteSchema>;

/** Where a map's numbers come from, and how far they can be trusted. */
const MapSourceSchema = z.strictObject({
  document: z.string().min(1),
  version: z.string().min(1).optional(),
  /** Day on which it was read, 2026-11-20. */
  lookedUp: z.iso.date().optional(),
  confidence: z.enum(['high', 'medium', 'low']),
  remarks: z.array(z.string()).optional(),
});

/** A drum map as its file writes it. */
export const DrumMapFileSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .max(40),
    name: z.string().min(1).max(80),
    source: MapSourceSchema.optional(),
    /** A map that says what the numbers mean that this one leaves open. */
    extends: z.string().optional(),
    notes: z.array(MappedNoteSchema).min(1),
  })
  .superRefine(({ notes }, context) => {
    const seen = new Set<number>();
    for (const [index, { note }] of notes.entries()) {
      if (seen.has(note))
        context.addIssue({
          code: 'custom',
          path: ['notes', index],
          message: `note ${note} stands there twice`,
        });
      seen.add(note);
    }
  });
export type DrumMapFile = z.infer<typeof DrumMapFileSchema>;

/** Which note number means which drum, in somebody's kit or module. */
export interface DrumMap {
  readonly id: string;
  readonly name: string;
  readonly source: z.infer<typeof MapSourceSchema> | null;
  /** Its own notes, then those of the map that it extends; of several for one drum the first is written. */
  readonly notes: readonly MappedNote[];
}

/** A map with what the one that it extends adds to it. */
export function completedMap(file: DrumMapFile, base: DrumMap | null): DrumMap {
  const own = new Set(file.notes.map(({ note }) => note));
  const others = base?.notes.filter(({ note }) => !own.has(note)) ?? [];
  return { id: file.id, name: file.name, source: file.source ?? null, notes: [...file.notes, ...others] };
}

/** Articulation of a number that no map names; it is written as that number again. */
const UNNAMED = /^note-(\d{1,3})$/;

/** What `number` is in `map`; percussion that keeps its number where the map says nothing. */
export function drumOfNote(map: DrumMap, number: number): Drum {
  const found = map.notes.find(({ note }) => note === number);
  return found
    ? { instrument: found.instrument, articulation: found.articulation ?? null }
    : { instrument: 'perc', articulation: `note-${number}` };
}

export const isNamed = (map: DrumMap, number: number): boolean =>
  map.notes.some(({ note }) => note === number);

/** What stands in for an instrument that a map has none of, the nearest in sound first. */
const RELATIVES: Readonly<Record<Instrument, readonly Instrument[]>> = {
  kick: ['lt'],
  snare: ['rim', 'clap'],
  rim: ['snare'],
  clap: ['snare'],
  chh: ['phh', 'ohh'],
  phh: ['chh', 'ohh'],
  ohh: ['chh', 'phh'],
  lt: ['mt', 'ht'],
  mt: ['lt', 'ht'],
  ht: ['mt', 'lt'],
  crash: ['ride'],
  ride: ['crash'],
  perc: ['fx'],
  fx: ['perc'],
};

/**
 * The number that plays `drum` in `map`: its very articulation, the one that it is a kind of (`second-edge`: `second`), the plain
 * drum, its nearest relative, or General MIDI's number where the map has none of them.
 */
export function noteOfDrum(map: DrumMap, { instrument, articulation }: Drum): number {
  const own = map.notes.filter(each => each.instrument === instrument);
  const parts = articulation?.split('-') ?? [];
  for (let length = parts.length; length > 0; length--) {
    const wanted = parts.slice(0, length).join('-');
    const exact = own.find(each => each.articulation === wanted);
    if (exact) return exact.note;
  }
  const number = instrument === 'perc' ? Number(UNNAMED.exec(articulation ?? '')?.[1] ?? NaN) : NaN;
  if (number <= 127 && !isNamed(map, number)) return number;
  const [nearest] = [instrument, ...RELATIVES[instrument]].flatMap(each => plainNote(map, each) ?? []);
  return nearest ?? INSTRUMENT_FACTS[instrument].note;
}

const plainNote = (map: DrumMap, instrument: Instrument): number | undefined => {
  const own = map.notes.filter(each => each.instrument === instrument);
  return (own.find(each => each.articulation === undefined) ?? own[0])?.note;
};
