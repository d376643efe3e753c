/**
 * Velocity 0..1 as a linear gain: 40 log10(velocity) dB, so 0.5 is 12 dB below 1 and 0 is silent. The concave curve
 * that the DLS Level 1 specification (MMA 1999) gives for note velocity.
 */
export const velocityGain = (velocity: number): number => velocity * velocity;

/** The velocity that sounds with a linear gain. */
export const velocityOfGain = (gain: number): number => Math.sqrt(gain);

/**
 * Level of a full-velocity hit below its slice's own, so that the three voices that a step may hold seldom pass full scale
 * together without the limiter.
 */
export const HEADROOM_DECIBELS = -6;

/** How long a choked voice, or one cut by the end of the file, takes to fall linearly to silence. */
export const RELEASE_SECONDS = 0.008;
