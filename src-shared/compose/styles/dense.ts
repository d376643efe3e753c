import { stepsPerBar } from '../../model';
import { backbeatsOf, beatsOf } from '../beats';
import { fillStrokes, motionSteps, type Style, stroke, textureStrokes } from './style';

/**
 * Sixteenth hats (each kept eighth and the sixteenth after it), kicks drawn on the off-beats, and ghost notes of the snare
 * around the backbeats.
 */
export const dense: Style = context => {
  const { meter, random } = context;
  const steps = stepsPerBar(meter);
  const beats = beatsOf(meter);
  const backbeats = backbeatsOf(meter);
  const strong = beats.filter(beat => !backbeats.includes(beat));
  const offBeats = Array.from({ length: steps }, (_, step) => step).filter(step => !beats.includes(step));
  const kicks = random.fork('kick').shuffled(offBeats.filter(step => !backbeats.includes(step - 1)));
  const ghosts = random.fork('ghost').shuffled(offBeats.filter(step => step % 2 === 1));
  const hats = motionSteps(context).flatMap(step => [step, step + 1].filter(each => each < steps));
  return [
    ...strong.map(step => stroke('CORE', 'kick', step, 0.9, 2)),
    ...kicks.slice(0, Math.round(steps / 8)).map(step => stroke('CORE', 'kick', step, 0.7, 2)),
    ...backbeats.map(step => stroke('ACCENT', 'snare', step, 0.9, 2)),
    ...ghosts.slice(0, Math.round(steps / 6)).map(step => stroke('ACCENT', 'snare', step, 0.3, 1)),
    ...[...new Set(hats)].map(step =>
      stroke('MOTION', 'chh', step, beats.includes(step) ? 0.6 : step % 2 === 0 ? 0.45 : 0.32, 1),
    ),
    ...fillStrokes(context),
    ...textureStrokes(context),
  ];
};
