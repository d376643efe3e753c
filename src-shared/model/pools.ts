import { z } from 'zod';
import { INSTRUMENT_FACTS, INSTRUMENTS, type Instrument } from './instrument';
import { ROLES_IN_ORDER, type Role, RoleSchema } from './role';

export const PoolEntrySchema = z.object({
  sample_id: z.string().min(1),
  filepath: z.string().min(1),
  /** Probability of the pool's role or instrument, 0..1; 1 where the user decided. */
  confidence: z.number().min(0).max(1),
  /** The user put it here. */
  override: z.literal(true).optional(),
  /** Nothing was sure enough for this pool; this is the best there was. */
  fallback: z.literal(true).optional(),
});
export type PoolEntry = z.infer<typeof PoolEntrySchema>;

const poolSchema = z.array(PoolEntrySchema);
const poolsBy = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map(name => [`${name}_POOL`, poolSchema.optional()])) as Record<
    `${Name}_POOL`,
    z.ZodOptional<typeof poolSchema>
  >;

/**
 * `pools_N.json` / `role_pools_N.json`, entries best first. Backbeat writes both seeds' keys: `CORE_POOL`... by role and `kick_POOL`...
 * by instrument; a file that has only one kind of them is read as well (`rolePool`).
 */
export const PoolsFileSchema = z.object({
  ...poolsBy(ROLES_IN_ORDER),
  ...poolsBy(INSTRUMENTS),
  counts: z.partialRecord(RoleSchema, z.number().int().min(0)).optional(),
  instrument_counts: z.record(z.string(), z.number().int().min(0)).optional(),
  /** Samples in no role's pool: no role was sure enough, or two were nearly equal. */
  unassigned: z.array(z.string()).optional(),
  /** Roles that no sample was sure enough for: their pool holds a fallback or nothing. */
  empty: z.array(RoleSchema).optional(),
});
export type PoolsFile = z.infer<typeof PoolsFileSchema>;

/** Entries for `role`, best first; from the instruments that usually play it when the file has no pools by role. */
export function rolePool(pools: PoolsFile, role: Role): readonly PoolEntry[] {
  const own = pools[`${role}_POOL`];
  if (own) return own;
  return INSTRUMENTS.filter(instrument => INSTRUMENT_FACTS[instrument].role === role)
    .flatMap(instrument => pools[`${instrument}_POOL`] ?? [])
    .sort((a, b) => b.confidence - a.confidence);
}

/** Entries for `instrument`, best first; empty when the file has no pools by instrument. */
export const instrumentPool = (pools: PoolsFile, instrument: Instrument): readonly PoolEntry[] =>
  pools[`${instrument}_POOL`] ?? [];
