/** Linear gain of a level in decibels. */
export const gainOfDecibels = (decibels: number): number => 10 ** (decibels / 20);

/** Level in decibels of a linear amplitude >= 0; -Infinity for 0. */
export const decibelsOfGain = (gain: number): number => 20 * Math.log10(gain);

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/** Velocity 0..1 as a MIDI velocity 1..127; a sounding note is never 0, which MIDI reads as a note-off. */
export const midiVelocity = (velocity: number): number => clamp(Math.round(velocity * 127), 1, 127);
