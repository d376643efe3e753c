import { backbeatsOf, beatsOf } from '../beats';
import { fillStrokes, motionSteps, type Style, stroke, textureStrokes } from './style';

/**
 * The seeds' skeleton: CORE on every beat, ACCENT on the backbeats, MOTION on some eighths, FILL at the end of every
 * fourth bar by chance, TEXTURE from the start.
 */
export const four: Style = context => {
  const beats = beatsOf(context.meter);
  return [
    ...beats.map(step => stroke('CORE', 'kick', step, 0.9, 4)),
    ...backbeatsOf(context.meter).map(step => stroke('ACCENT', 'snare', step, 0.85, 4)),
    ...motionSteps(context).map(step => stroke('MOTION', 'chh', step, beats.includes(step) ? 0.6 : 0.5, 2)),
    ...fillStrokes(context),
    ...textureStrokes(context),
  ];
};
