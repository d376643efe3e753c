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
