export { BleedCurve, bleedFrames } from './bleed-curve';
export { bleedDecibels, bleedSummary } from './bleed-summary';
