export { footIn } from './attack-foot';
export { attackRise, FLAM_REACH_SECONDS, otherAttacks } from './flam';
export { LogBands } from './log-bands';
export * from './onset';
export * from './onset-detector';
export { leastStrength } from './sensitivity';
