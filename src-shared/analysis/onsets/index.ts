export { footIn } from './attack-foot';
export { FLAM_REACH_SECONDS, otherAttacks } from './flam';
export * from './onset';
export * from './onset-detector';
export { leastStrength, sensitivityFor } from './sensitivity';
