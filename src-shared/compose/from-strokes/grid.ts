import { STEP_TICKS } from '../../model';
import { PPQ } from '../../units';

/** A third of a quarter note: eighth triplets. */
const TRIPLET_TICKS = PPQ / 3;
/** How loosely drummers play, in ticks: 17 ms at 120 BPM. */
const LOOSE_TICKS = 32;
/** A beat leaves the groove's own grid when its strokes are this much more likely on the other one (natural logarithm). */
const BEAT_EVIDENCE = 4.5;

/** What a stroke that stands nowhere counts for, against 1 for one that stands exactly. */
const ANYWHERE = 0.02;

/**
 * How well places stand on a grid of equal steps, as a logarithm of likelihood.
 *
 * @param places ticks from the beat's begin
 */
const fit = (places: readonly number[], step: number): number =>
  places.reduce((sum, place) => {
    const off = place - Math.round(place / step) * step;
    return sum + Math.log(ANYWHERE + Math.exp(-0.5 * (off / LOOSE_TICKS) ** 2));
  }, 0);

/**
 * Ticks of a step in each quarter note, sixteenths or eighth triplets: what the groove as a whole is played in, unless a beat is
 * clearly otherwise, as a fill in triplets is.
 *
 * @param beats places of the strokes of each quarter, in ticks from its begin
 */
export function gridOfBeats(beats: readonly (readonly number[])[]): number[] {
  const evidence = beats.map(places => fit(places, TRIPLET_TICKS) - fit(places, STEP_TICKS));
  const isTriplet = evidence.reduce((sum, value) => sum + value, 0) > BEAT_EVIDENCE;
  return evidence.map(value =>
    (isTriplet ? value > -BEAT_EVIDENCE : value > BEAT_EVIDENCE) ? TRIPLET_TICKS : STEP_TICKS,
  );
}
