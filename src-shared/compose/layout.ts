import { Random } from '../base';
import {
  type HitId,
  hitId,
  INSTRUMENTS,
  type Instrument,
  instrumentPool,
  type Kit,
  type Note,
  type Pattern,
  type PoolsFile,
  ROLES,
  type Role,
  rolePool,
} from '../model';
import { clamp, ticksOfMilliseconds } from '../units';

export const HIT_CHOICES = ['round_robin', 'random', 'fixed'] as const;
export type HitChoice = (typeof HIT_CHOICES)[number];

/** A hit that can play a role; `instrument` is null when nobody knows what it is. */
export interface Candidate {
  readonly hit: HitId;
  readonly instrument: Instrument | null;
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
    })),
  );
}

/** A kit's pads as pools: of each pad first the hit that the user chose. */
export const poolsOfKit = (kit: Kit): HitPools =>
  poolsBy(role =>
    kit.pads
      .filter(pad => pad.role === role)
      .flatMap(({ hits, chosen, instrument }) =>
        [...hits.slice(chosen, chosen + 1), ...hits.slice(0, chosen), ...hits.slice(chosen + 1)].map(hit => ({
          hit,
          instrument,
        })),
      ),
  );

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

/**
 * Gives every note a hit. `round_robin` takes each instrument's candidates in turn, `random` draws one for each note from
 * the note's own stream, `fixed` takes the best. A note that nothing can play keeps null and stays silent.
 */
export function layOut(
  pattern: Pattern,
  pools: HitPools,
  { choice, seed }: { readonly choice: HitChoice; readonly seed: number },
): Pattern {
  const random = Random.ofSeed(seed).fork('layout');
  const turns = new Map<string, number>();
  const choose = (note: Note): HitId | null => {
    const candidates = candidatesFor(note, pools);
    if (candidates.length === 0) return null;
    const lane = `${note.role} ${note.instrument}`;
    const turn = turns.get(lane) ?? 0;
    turns.set(lane, turn + 1);
    const index = {
      round_robin: () => turn % candidates.length,
      random: () => random.fork(note.id).below(candidates.length),
      fixed: () => 0,
    }[choice]();
    return candidates[index]?.hit ?? null;
  };
  return { ...pattern, notes: pattern.notes.map(note => ({ ...note, hit: choose(note) })) };
}

/** Gives all notes of one role and instrument the same hit, drawn by seed: what a skeleton sounds with. */
export function chooseOneEach(pattern: Pattern, pools: HitPools, seed: number): Pattern {
  const random = Random.ofSeed(seed).fork('samples');
  return {
    ...pattern,
    notes: pattern.notes.map(note => {
      const candidates = candidatesFor(note, pools);
      if (candidates.length === 0) return note;
      return { ...note, hit: random.fork(note.role, note.instrument).pick(candidates).hit };
    }),
  };
}

/** Whether no role has anything to play. */
export const arePoolsEmpty = (pools: HitPools): boolean => ROLES.every(role => pools[role].length === 0);

/** Limits every note's feel to `milliseconds` either way; 0 puts all on the (swung) grid. */
export function clampFeel(pattern: Pattern, milliseconds: number): Pattern {
  const most = ticksOfMilliseconds(milliseconds, pattern.tempo);
  return {
    ...pattern,
    notes: pattern.notes.map(note => ({ ...note, feel: clamp(note.feel, 0 - most, most) })),
  };
}

/** From the least intense to the whole. */
export const LAYER_NAMES = ['core', 'core-accent', 'full'] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

const LAYER_ROLES: Readonly<Record<LayerName, readonly Role[]>> = {
  core: ['CORE'],
  'core-accent': ['CORE', 'ACCENT'],
  full: ['CORE', 'ACCENT', 'MOTION', 'FILL', 'TEXTURE'],
};

/** The notes of one layer of intensity: Core, Core+Accent, or all. */
export function layerOf(pattern: Pattern, layer: LayerName): Pattern {
  return { ...pattern, notes: pattern.notes.filter(note => LAYER_ROLES[layer].includes(note.role)) };
}
