import { fail, ok, type Result } from '../../base';
import {
  decodeMidi,
  type Drum,
  GENERAL_MIDI,
  type Instrument,
  noteOfDrum,
  type Pattern,
  patternTicks,
  performedNotes,
  swingOf,
} from '../../model';
import { PPQ } from '../../units';
import { type Hand, otherHand } from '../rudiments';
import type { Material, Slot } from './material';

type Limb = Slot['limb'];

/** What is struck by which limb of a right-handed player, who crosses hands; what is not here nobody at a kit has a limb for. */
const LIMBS: Readonly<Partial<Record<Instrument, Limb>>> = {
  kick: 'RF',
  phh: 'LF',
  snare: 'L',
  rim: 'L',
  clap: 'L',
  chh: 'R',
  ohh: 'R',
  ride: 'R',
  crash: 'R',
  lt: 'R',
  mt: 'R',
  ht: 'R',
};
const TOMS: ReadonlySet<Instrument> = new Set(['lt', 'mt', 'ht']);
/** Two strokes of these in one place of the grid are a flam. */
const FLAMMED: ReadonlySet<Instrument> = new Set(['snare', ...TOMS]);
/** From here a stroke of a groove counts as accented. */
const ACCENT_LEVEL = 95;

interface Written {
  /** Ticks on the straight grid. */
  readonly at: number;
  readonly beat: number;
  readonly instrument: Instrument;
  readonly note: number;
  readonly level: number;
}

/**
 * A full-kit groove, from a skeleton or a MIDI file, as two hands and two feet can play it: its own feel and tempo are left out, since the player brings
 * them, shakers and effects too, and of more strokes at once than there are hands the softer ones. Claps are played on the snare; a left-handed player's
 * kit is mirrored.
 */
export function grooveMaterial(pattern: Pattern, slug: string, lead: Hand = 'R'): Material {
  const swung = swingOf(pattern);
  const written = performedNotes(pattern)
    .filter(({ muted, velocity, instrument }) => !muted && velocity > 0 && LIMBS[instrument] !== undefined)
    .map((note): Written => {
      const drum: Drum = note.instrument === 'clap' ? { instrument: 'snare', articulation: null } : note;
      return {
        at: note.at,
        beat: Math.max(0, Math.round(swung(note.at)) / PPQ),
        instrument: drum.instrument,
        note: noteOfDrum(GENERAL_MIDI, drum),
        level: Math.max(1, Math.min(127, Math.round(note.velocity * 127))),
      };
    });
  const byBeat = Map.groupBy(written, ({ beat }) => beat);
  const slots = [...byBeat.values()]
    .flatMap(struckTogether)
    .sort((a, b) => a.beat - b.beat || a.note - b.note)
    .map((slot, position): Slot => ({ ...(lead === 'L' ? mirrored(slot) : slot), position }));
  return { slug, kind: 'groove', beatsPerCycle: patternTicks(pattern) / PPQ, cycles: [slots] };
}

/** Of a file's notes so many are of a drum kit, or it is taken for something else: other instruments are written with the same numbers. */
const LEAST_KIT_SHARE = 0.7;

/** The pattern of a drum MIDI file that a drummer can play; fails with sentences on files that hold none. */
export function groovePatternOf(bytes: Uint8Array): Result<Pattern, readonly string[]> {
  const decoded = decodeMidi(bytes);
  if (!decoded.ok) return decoded;
  const { pattern } = decoded.value;
  const { notes } = pattern;
  const struck = notes.filter(({ instrument }) => LIMBS[instrument] !== undefined);
  if (notes.length === 0) return fail(['it holds no notes']);
  if (struck.length < LEAST_KIT_SHARE * notes.length)
    return fail([`of its ${notes.length} notes only ${struck.length} are of a drum kit`]);
  if (!struck.some(({ instrument }) => instrument === 'kick' || instrument === 'snare'))
    return fail(['it has neither kick nor snare']);
  return ok(pattern);
}

/** A groove from a drum MIDI file. */
export function grooveOfMidi(bytes: Uint8Array, slug: string): Result<Material, readonly string[]> {
  const pattern = groovePatternOf(bytes);
  return pattern.ok ? ok(grooveMaterial(pattern.value, slug)) : pattern;
}

type Unplaced = Omit<Slot, 'position'>;

/** What is played of the strokes on one beat: the loudest first, while there are limbs. */
function struckTogether(strokes: readonly Written[]): Unplaced[] {
  const free = new Set<Limb>(['R', 'L', 'RF', 'LF']);
  const placed: Unplaced[] = [];
  for (const stroke of strokes.toSorted((a, b) => b.level - a.level || a.note - b.note)) {
    const { beat, note, level } = stroke;
    const again = placed.findIndex(one => one.note === note);
    const before = placed[again];
    if (before) {
      const other = otherHand(before.hand);
      if (!FLAMMED.has(stroke.instrument) || before.graces > 0 || !free.delete(other)) continue;
      placed[again] = { ...before, graces: 1 };
      continue;
    }
    const limb = limbOf(stroke, free);
    if (limb === null) continue;
    free.delete(limb);
    placed.push({
      beat,
      hand: limb.startsWith('R') ? 'R' : 'L',
      limb,
      note,
      accent: level >= ACCENT_LEVEL,
      graces: 0,
      diddle: 0,
      buzz: false,
      level,
    });
  }
  return placed;
}

/** The limb that a stroke is for, or the other hand; toms go hand to hand. null: none is free. */
function limbOf({ instrument, at }: Written, free: ReadonlySet<Limb>): Limb | null {
  const own = LIMBS[instrument] ?? 'R';
  if (own === 'RF' || own === 'LF') return free.has(own) ? own : null;
  const isSecond = TOMS.has(instrument) && Math.round(at / (PPQ / 4)) % 2 === 1;
  const hand: Hand = isSecond ? otherHand(own) : own;
  if (free.has(hand)) return hand;
  return free.has(otherHand(hand)) ? otherHand(hand) : null;
}

const MIRRORED = { R: 'L', L: 'R', RF: 'LF', LF: 'RF' } as const satisfies Record<Limb, Limb>;

const mirrored = (slot: Unplaced): Unplaced => ({
  ...slot,
  hand: otherHand(slot.hand),
  limb: MIRRORED[slot.limb],
});
