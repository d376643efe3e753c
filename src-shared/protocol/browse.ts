import { z } from 'zod';
import { ASPECTS, HitIdSchema, InstrumentSchema, RoleSchema, type SampleSource } from '../model';

/** A column of bytes crosses every door as it is; see `codec.ts`. */
type Bytes = Uint8Array;

/**
 * Every hit of the library in columns, one row each, in a fixed order: 50,000 rows are some megabytes and no objects. Bytes index
 * the lists of names that stand beside them.
 */
export interface HitBook {
  /** Rises with every change of what is in the book. */
  readonly version: number;
  readonly ids: readonly string[];
  readonly names: readonly string[];
  /** SHA-256 of each slice. */
  readonly audio: readonly string[];
  /** Index into `ROLES_IN_ORDER` of what counts (the user's word first); 255 where nobody judged. */
  readonly role: Bytes;
  /** Index into `INSTRUMENTS`; 255 where nobody judged. */
  readonly instrument: Bytes;
  /** How sure the machine is of the role and of the instrument, 0..1 as 0..255. */
  readonly roleSure: Bytes;
  readonly instrumentSure: Bytes;
  /** 1: the user said so. */
  readonly overridden: Bytes;
  /** Index into `places`. */
  readonly place: Uint16Array;
  readonly seconds: Float32Array;
  readonly brightness: Float32Array;
  /** NaN without a pitch. */
  readonly pitch: Float32Array;
  readonly decaySeconds: Float32Array;
  readonly loudness: Float32Array;
  readonly velocity: Float32Array;
  /** Place on the map, 0..1 both; NaN for hits that are not on it yet. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly favourite: Bytes;
  /** Of marked hits only, by id. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
  /** Tracks and imported sources that the hits are from. */
  readonly places: readonly {
    readonly kind: 'track' | 'source' | 'kit';
    readonly id: string;
    readonly name: string;
  }[];
}

const weight = z.number().min(0).max(1);

export const SearchRequestSchema = z.object({
  /** In words: "short dark kick". */
  text: z.string().max(200).nullable(),
  /** Like this hit. */
  like: HitIdSchema.nullable(),
  /** How much each side of likeness to `like` counts. */
  aspects: z.object(
    Object.fromEntries(ASPECTS.map(aspect => [aspect, weight])) as Record<
      (typeof ASPECTS)[number],
      typeof weight
    >,
  ),
  /** Only these; empty lists take all. */
  roles: z.array(RoleSchema),
  instruments: z.array(InstrumentSchema),
  placeIds: z.array(z.string()),
  favourites: z.boolean(),
  tags: z.array(z.string()),
  limit: z.number().int().min(1).max(100_000),
});
export type SearchRequest = z.infer<typeof SearchRequestSchema>;

export interface SearchAnswer {
  /** Best first. */
  readonly ids: readonly string[];
  /** 0..1 beside each. */
  readonly match: Float32Array;
  /** Time of the search itself. */
  readonly milliseconds: number;
  /** Share of the exact ten best that the quick search finds, measured on this index; null while it is not. */
  readonly recall: number | null;
  /** Version of the book that was searched: older than the newest while a change is being read. */
  readonly bookVersion: number;
  /** false: the index is being made ready, and this answers nothing yet; ask again in a moment. */
  readonly isWarm: boolean;
}

export interface TwinGroup {
  /** Hits that sound the same, the best take first. */
  readonly ids: readonly string[];
  /** Of the one that is least like the best take, 0..1. */
  readonly likeness: number;
}

const tag = z.string().trim().min(1).max(60);

/** What becomes of the marks of hits. */
export const MarksChangeSchema = z.object({
  /** null leaves it. */
  favourite: z.boolean().nullable().default(null),
  /** Tags to give and to take. */
  add: z.array(tag).default([]),
  remove: z.array(tag).default([]),
});
export type MarksChange = z.infer<typeof MarksChangeSchema>;

/** What the user says of hits: absent leaves a part as it is, null gives it back to the machine. */
export const OverrideChangeSchema = z.object({
  role: RoleSchema.nullable().optional(),
  instrument: InstrumentSchema.nullable().optional(),
});
export type OverrideChange = z.infer<typeof OverrideChangeSchema>;

export interface StoredSource {
  readonly source: SampleSource;
  readonly hits: number;
}
