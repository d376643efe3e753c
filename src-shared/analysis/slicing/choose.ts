import type { Sensitivity } from '../hits';
import { thresholdAt } from '../hits';
import { leastStrength, type Onset, type OnsetsFile } from '../onsets';

/** For models that do not say from which probability on a stroke counts. */
const USUAL_THRESHOLD = 0.5;

/**
 * The onsets that count at a sensitivity, of those that were heard at the highest: instant, so that a slider can show what it does.
 * Of strokes of several drums only those that count remain.
 */
export function chooseOnsets(
  { onsets, thresholds = {} }: Pick<OnsetsFile, 'onsets' | 'thresholds'>,
  { sensitivity, sensitivities = {} }: Sensitivity,
): Onset[] {
  const least = leastStrength(sensitivity);
  const needed = new Map<string, number>();
  return onsets.flatMap((onset): Onset[] => {
    if (!onset.strokes) return onset.strength >= least ? [onset] : [];
    const strokes = onset.strokes.filter(stroke => {
      let wanted = needed.get(stroke.class);
      if (wanted === undefined) {
        const own = thresholds[stroke.class] ?? USUAL_THRESHOLD;
        wanted = thresholdAt(own, sensitivities[stroke.class] ?? sensitivity);
        needed.set(stroke.class, wanted);
      }
      return stroke.probability >= wanted;
    });
    if (strokes.length === 0) return [];
    return [strokes.length === onset.strokes.length ? onset : { ...onset, strokes }];
  });
}
