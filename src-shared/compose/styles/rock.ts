import { stepsPerBar } from '../../model';
import { backbeatsOf, beatsOf, fillSteps } from '../beats';
import { fillStrokes, motionSteps, type Style, stroke, textureStrokes } from './style';

/**
 * Kick on the strong beats with one or two drawn eighths before them, hard backbeats, eighth hats that lean on the beat and
 * sometimes open at the end of the bar, a crash on the first beat of every fourth bar. A fill silences the hats under it.
 */
export const rock: Style = context => {
  const { meter, bar, random, hasFill } = context;
  const beats = beatsOf(meter);
  const backbeats = backbeatsOf(meter);
  const strong = beats.filter(beat => !backbeats.includes(beat));
  const pickups = strong.map(beat => (beat === 0 ? stepsPerBar(meter) : beat) - 2);
  const kicks = random.fork('kick');
  const underFill = hasFill ? fillSteps(meter) : [];
  const crash = bar % 4 === 0;
  const open = random.fork('open').chance(0.25);
  const hats = motionSteps(context).filter(step => !underFill.includes(step) && !(crash && step === 0));
  return [
    ...strong.map(step => stroke('CORE', 'kick', step, 0.92, 4)),
    ...pickups.filter(() => kicks.chance(0.5)).map(step => stroke('CORE', 'kick', step, 0.75, 2)),
    ...backbeats.map(step => stroke('ACCENT', 'snare', step, 0.95, 4)),
    ...hats.map(step =>
      stroke(
        'MOTION',
        open && step === stepsPerBar(meter) - 2 ? 'ohh' : 'chh',
        step,
        beats.includes(step) ? 0.65 : 0.45,
        2,
      ),
    ),
    ...(crash ? [stroke('FILL', 'crash', 0, 0.8, 8)] : []),
    ...fillStrokes(context),
    ...textureStrokes(context),
  ];
};
