import {
  type Hit,
  type HitId,
  hitId,
  INSTRUMENTS,
  type Instrument,
  instrumentPool,
  type Kit,
  type Note,
  type PoolsFile,
  ROLES,
  type Role,
  rolePool,
} from '../model';

/** A hit that can play a role; `instrument` is null when nobody knows what it is. */
export interface Candidate {
  readonly hit: HitId;
  readonly instrument: Instrument | null;
  /** How hard it was struck, 0..1; null when nobody knows. */
  readonly velocity: number | null;
  /** How long it sounds; null when nobody knows. */
  readonly seconds: number | null;
}
/** What can play each role, best first. */
export type HitPools = Readonly<Record<Role, readonly Candidate[]>>;

/** Whose pool is taken, in order, where a role's own is empty. TEXTURE has no stand-in: a background may be missing. */
const STAND_INS: Readonly<Record<Role, readonly Role[]>> = {
  CORE: ['FILL', 'ACCENT', 'MOTION', 'TEXTURE'],
  ACCENT: ['FILL', 'CORE', 'MOTION', 'TEXTURE'],
  FILL: ['ACCENT', 'CORE', 'MOTION', 'TEXTURE'],
  MOTION: ['TEXTURE', 'ACCENT', 'FILL', 'CORE'],
  TEXTURE: [],
};

const poolsBy = (pool: (role: Role) => readonly Candidate[]): HitPools => ({
  CORE: pool('CORE'),
  ACCENT: pool('ACCENT'),
  FILL: pool('FILL'),
  MOTION: pool('MOTION'),
  TEXTURE: pool('TEXTURE'),
});

export function poolsOfFile(file: PoolsFile): HitPools {
  const known = new Map<string, { readonly instrument: Instrument; readonly confidence: number }>();
  for (const instrument of INSTRUMENTS) {
    for (const { sample_id, confidence } of instrumentPool(file, instrument)) {
      if (confidence > (known.get(sample_id)?.confidence ?? -1)) {
        known.set(sample_id, { instrument, confidence });
      }
    }
  }
  return poolsBy(role =>
    rolePool(file, role).map(({ sample_id }) => ({
      hit: hitId(sample_id),
      instrument: known.get(sample_id)?.instrument ?? null,
      velocity: null,
      seconds: null,
    })),
  );
}

/** What layout wants to know of a hit. */
export type HitSound = Pick<Hit, 'id' | 'velocity' | 'frames' | 'sampleRate'>;

/** A kit's pads as pools: of each pad first the hit that the user chose. */
export function poolsOfKit(kit: Kit, hits: readonly HitSound[] = []): HitPools {
  const known = new Map(hits.map(hit => [hit.id, hit]));
  const candidate = (id: HitId, instrument: Instrument): Candidate => {
    const sound = known.get(id);
    return {
      hit: id,
      instrument,
      velocity: sound?.velocity ?? null,
      seconds: sound ? sound.frames / sound.sampleRate : null,
    };
  };
  return poolsBy(role =>
    kit.pads
      .filter(pad => pad.role === role)
      .flatMap(({ hits: own, chosen, instrument }) =>
        [...own.slice(chosen, chosen + 1), ...own.slice(0, chosen), ...own.slice(chosen + 1)].map(id =>
          candidate(id, instrument),
        ),
      ),
  );
}

/** The hits that can sound for `note`: its instrument's in its role's pool, else the whole pool, else a stand-in's. */
export function candidatesFor(
  note: Pick<Note, 'role' | 'instrument'>,
  pools: HitPools,
): readonly Candidate[] {
  const role = [note.role, ...STAND_INS[note.role]].find(each => pools[each].length > 0);
  if (role === undefined) return [];
  const same = pools[role].filter(candidate => candidate.instrument === note.instrument);
  return same.length > 0 ? same : pools[role];
}

/** Whether no role has anything to play. */
export const arePoolsEmpty = (pools: HitPools): boolean => ROLES.every(role => pools[role].length === 0);
