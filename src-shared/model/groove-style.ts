import { z } from 'zod';

/** Styles of playing that the groove models were trained with, in the order of their input; the first also stands for "not given". */
export const GROOVE_STYLES = [
  'other',
  'afrobeat',
  'afrocuban',
  'country',
  'funk',
  'gospel',
  'hiphop',
  'jazz',
  'latin',
  'neworleans',
  'pop',
  'punk',
  'reggae',
  'rock',
  'soul',
] as const;
export const GrooveStyleSchema = z.enum(GROOVE_STYLES);
export type GrooveStyle = z.infer<typeof GrooveStyleSchema>;

export const grooveStyleIndex = (style: GrooveStyle): number => GROOVE_STYLES.indexOf(style);
