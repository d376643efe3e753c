/** Drums are on MIDI channel 10, counted from 0. */
export const DRUM_CHANNEL = 9;
