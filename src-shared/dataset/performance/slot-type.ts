import type { StrokeType } from '../rudiments';
import type { Slot } from './material';

export const strokeTypeOf = ({ accent, buzz, diddle }: Slot): StrokeType =>
  accent ? 'accent' : buzz ? 'buzz' : diddle > 0 ? 'diddle' : 'tap';
