import { INSTRUMENT_FACTS } from '#shared/model';
import { spokenPlace } from '#renderer/state';
import type { GridHit, GridRow, GridRows } from './grid-rows';
import { spokenHit } from './hit-words';

/**
 * "Snare, bar 2 beat 4, velocity 118, 12 ms late", or "Snare, bar 2 beat 4, empty": a step of a row and what stands on it. What is
 * written off the step says where.
 */
export function spokenStep(
  { frame }: Pick<GridRows, 'frame'>,
  { lane }: Pick<GridRow, 'lane'>,
  step: number,
  hits: readonly GridHit[],
): string {
  const { pattern } = frame;
  const place = `${lane.spokenName}, ${spokenPlace(pattern, step)}`;
  const words = hits.map(({ note, at, repeat }) =>
    [
      lane.parts.length > 0 ? INSTRUMENT_FACTS[note.instrument].name.toLowerCase() : '',
      at === step ? '' : `at ${spokenPlace(pattern, at)}`,
      spokenHit(pattern, note),
      repeat > 0 ? `repeat of ${spokenPlace(pattern, note.at)}` : '',
      repeat < 0 ? 'past the end of the row' : '',
    ]
      .filter(part => part !== '')
      .join(', '),
  );
  if (words.length === 0) return `${place}, empty`;
  return words.length === 1 ? `${place}, ${words[0]}` : `${place}, ${words.length} hits: ${words.join('; ')}`;
}
