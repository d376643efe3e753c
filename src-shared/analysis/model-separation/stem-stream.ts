import type { Stereo } from './tensors';

/** The next frames of each wanted stem, all of one length, which may be 0. */
export type StemPieces = readonly Stereo[];

/** A song at the model's rate, pushed in pieces of any length; its stems come out in order, as many frames in all. */
export interface StemStream {
  push(piece: Stereo): Promise<StemPieces>;
  /** All that is left; nothing may be pushed after it. */
  finish(): Promise<StemPieces>;
}

/** Joins pieces of the same stems in order. */
export function joinPieces(pieces: readonly StemPieces[], stemCount: number): StemPieces {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  return Array.from({ length: stemCount }, (_, stem): Stereo => {
    const side = (index: 0 | 1): Float32Array => {
      const parts = pieces.map(piece => piece[stem]![index]);
      const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
      return whole;
    };
    return [side(0), side(1)];
  });
}
