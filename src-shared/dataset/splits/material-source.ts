const OF_MIDI = 'midi-';

/** How a sample says that its material is taken from a MIDI file. */
export const midiSource = (sha256: string): string => `${OF_MIDI}${sha256}`;

export const isMidiSource = (source: string): boolean => source.startsWith(OF_MIDI);
