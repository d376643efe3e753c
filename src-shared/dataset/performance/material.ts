import { fail, ok, type Result } from '../../base';
import {
  decodeMidi,
  GENERAL_MIDI,
  type Instrument,
  noteOfDrum,
  type Pattern,
  patternTicks,
  performedNotes,
  swingOf,
} from '../../model';
import { PPQ } from '../../units';
import {
  type Category,
  type Figure,
  figureBeats,
  figureOf,
  type Hand,
  type Rudiment,
  strokesOfFigure,
} from '../rudiments';

/** A stroke that the material asks for. */
export interface Slot {
  /** From the material's start. */
  readonly beat: number;
  readonly hand: Hand;
  /** Two strokes of one limb cannot be closer than a limb can move; feet are limbs of their own. */
  readonly limb: 'R' | 'L' | 'RF' | 'LF';
  /** General MIDI. */
  readonly note: number;
  readonly accent: boolean;
  readonly graces: number;
  readonly diddle: 0 | 1 | 2;
  readonly buzz: boolean;
  /** From 0 within its cycle. */
  readonly position: number;
  /** Written velocity 1..127 of grooves; null where the stroke's type says it. */
  readonly level: number | null;
}

/** What is played: the cycles of a rudiment or of a groove. Plain data, so that it can go to another process. */
export interface Material {
  readonly slug: string;
  readonly kind: Category | 'groove';
  readonly beatsPerCycle: number;
  /** The strokes of each cycle, beats from the cycle's start, ascending; played in turn, then from the first again. */
  readonly cycles: readonly (readonly Slot[])[];
}

const SNARE = 38;

export function rudimentMaterial(rudiment: Rudiment, lead: Hand): Material {
  return figureMaterial(figureOf(rudiment), rudiment.category, lead);
}

/** A rudiment's figure or a variation of it. */
export function figureMaterial(figure: Figure, kind: Category, lead: Hand): Material {
  const cycles = [0, 1].map(number => {
    let beat = 0;
    return strokesOfFigure(figure, lead, number).map((stroke, position): Slot => {
      const { hand, accent, graces, diddle, buzz } = stroke;
      const at = beat;
      beat += stroke.beats;
      return {
        beat: at,
        hand,
        limb: hand,
        note: SNARE,
        accent,
        graces,
        diddle,
        buzz,
        position,
        level: null,
      };
    });
  });
  return {
    slug: figure.slug,
    kind,
    beatsPerCycle: figureBeats(figure),
    cycles: figure.alternates ? cycles : cycles.slice(0, 1),
  };
}

const LEFT_HANDED: ReadonlySet<Instrument> = new Set(['snare', 'rim', 'clap']);
/** From here a stroke of a groove counts as accented. */
const ACCENT_LEVEL = 95;

/** A full-kit groove, from a skeleton or a MIDI file; its own feel and tempo are left out, since the player brings them. */
export function grooveMaterial(pattern: Pattern, slug: string): Material {
  const swung = swingOf(pattern);
  const notes = performedNotes(pattern).filter(({ muted, velocity }) => !muted && velocity > 0);
  const slots = notes
    .map((note): Omit<Slot, 'position'> => {
      const number = noteOfDrum(GENERAL_MIDI, note);
      const level = Math.max(1, Math.min(127, Math.round(note.velocity * 127)));
      return {
        beat: Math.max(0, Math.round(swung(note.at)) / PPQ),
        ...limbOf(note.instrument, note.at),
        note: number,
        accent: level >= ACCENT_LEVEL,
        graces: 0,
        diddle: 0,
        buzz: false,
        level,
      };
    })
    .sort((a, b) => a.beat - b.beat || a.note - b.note)
    .map((slot, position): Slot => ({ ...slot, position }));
  return {
    slug,
    kind: 'groove',
    beatsPerCycle: patternTicks(pattern) / PPQ,
    cycles: [slots],
  };
}

/** A groove from a drum MIDI file; fails with sentences on files that hold none. */
export function grooveOfMidi(bytes: Uint8Array, slug: string): Result<Material, readonly string[]> {
  const decoded = decodeMidi(bytes);
  if (!decoded.ok) return decoded;
  const material = grooveMaterial(decoded.value.pattern, slug);
  return (material.cycles[0]?.length ?? 0) > 0 ? ok(material) : fail(['it holds no notes']);
}

/** What a kit player would strike it with: crossed hands on hats and snare, toms hand to hand. */
function limbOf(instrument: Instrument, at: number): Pick<Slot, 'hand' | 'limb'> {
  if (instrument === 'kick') return { hand: 'R', limb: 'RF' };
  if (instrument === 'phh') return { hand: 'L', limb: 'LF' };
  if (LEFT_HANDED.has(instrument)) return { hand: 'L', limb: 'L' };
  const isTom = instrument === 'lt' || instrument === 'mt' || instrument === 'ht';
  const hand = isTom && Math.round(at / (PPQ / 4)) % 2 === 1 ? 'L' : 'R';
  return { hand, limb: hand };
}
