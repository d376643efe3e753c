import { z } from 'zod';
import type { FontHandle, Synth } from './synth';

const midi = z.number().int().min(0).max(127);

/** How a kit of a font is played: what sounds for which note of General MIDI. */
export const SoundKitSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  /** SHA-256 of the font. */
  font: z.string().regex(/^[0-9a-f]{64}$/),
  bank: z.number().int().min(0).max(128),
  /** Programs that are takes of the same kit, played in turn. */
  programs: z.array(midi).min(1),
  keys: z
    .array(
      z.object({
        note: midi,
        key: midi,
        /** Strokes of one group cut each other off. */
        choke: z.string().nullable(),
      }),
    )
    .min(1),
});
export type SoundKit = z.infer<typeof SoundKitSchema>;

export const DRUM_BANK = 128;
/** The keys of General MIDI's drum kits, and those of them that share an exclusive class. */
const GENERAL_KEYS = Array.from({ length: 81 - 35 + 1 }, (_, index) => 35 + index);
const GENERAL_CHOKES: Readonly<Record<number, string>> = {
  42: 'hat',
  44: 'hat',
  46: 'hat',
  71: 'whistle',
  72: 'whistle',
  73: 'guiro',
  74: 'guiro',
  78: 'cuica',
  79: 'cuica',
  80: 'triangle',
  81: 'triangle',
};

const HEARD_AT = 100;

/**
 * The drum kits of a font that follows General MIDI, one for each of its presets in bank 128 (or another), named by the font's hash and program,
 * with the keys that sound.
 */
export const generalKitsOf = (
  synth: Synth,
  { sha256: font, presets }: FontHandle,
  inBank = DRUM_BANK,
): readonly SoundKit[] =>
  presets
    .filter(({ bank }) => bank === inBank)
    .map(({ bank, program, name }) => ({
      id: `${font.slice(0, 8)}-${String(program).padStart(3, '0')}`,
      name: name.trim() === '' ? `Kit ${program}` : name.trim(),
      font,
      bank,
      programs: [program],
      keys: GENERAL_KEYS.filter(
        key => synth.voice({ font, bank, program, key, velocity: HEARD_AT }).length > 0,
      ).map(note => ({ note, key: note, choke: GENERAL_CHOKES[note] ?? null })),
    }))
    .filter(({ keys }) => keys.length > 0);

/** Notes of which a groove needs one each: kick, snare, rim, the three hats, three toms, crash, ride. */
const GROOVE_NOTES = [36, 38, 37, 42, 44, 46, 43, 47, 50, 49, 51] as const;

/** Whether `kit` has all that a groove asks of a drum kit. */
export const isWholeKit = ({ keys }: SoundKit): boolean =>
  GROOVE_NOTES.every(wanted => keys.some(({ note }) => note === wanted));
