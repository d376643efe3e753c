import { z } from 'zod';
import type { Role } from './role';

/** What a sound is. Codes as on the command line and in files; `rim` is a side stick. */
export const INSTRUMENTS = [
  'kick',
  'snare',
  'rim',
  'clap',
  'chh',
  'phh',
  'ohh',
  'lt',
  'mt',
  'ht',
  'crash',
  'ride',
  'perc',
  'fx',
] as const;
export const InstrumentSchema = z.enum(INSTRUMENTS);
export type Instrument = z.infer<typeof InstrumentSchema>;

interface InstrumentFacts {
  /** What screens show. */
  readonly name: string;
  /** Its note in General MIDI (assets/drum-maps/gm.json). */
  readonly note: number;
  /** The role it plays unless its sound says otherwise. */
  readonly role: Role;
  /** Sounds of one group silence each other; null rings freely. */
  readonly choke: 'hat' | null;
}

export const INSTRUMENT_FACTS: Readonly<Record<Instrument, InstrumentFacts>> = {
  kick: { name: 'Kick', note: 36, role: 'CORE', choke: null },
  snare: { name: 'Snare', note: 38, role: 'ACCENT', choke: null },
  rim: { name: 'Rim', note: 37, role: 'ACCENT', choke: null },
  clap: { name: 'Clap', note: 39, role: 'ACCENT', choke: null },
  chh: { name: 'Closed hat', note: 42, role: 'MOTION', choke: 'hat' },
  phh: { name: 'Pedal hat', note: 44, role: 'MOTION', choke: 'hat' },
  ohh: { name: 'Open hat', note: 46, role: 'MOTION', choke: 'hat' },
  lt: { name: 'Low tom', note: 43, role: 'FILL', choke: null },
  mt: { name: 'Mid tom', note: 47, role: 'FILL', choke: null },
  ht: { name: 'High tom', note: 50, role: 'FILL', choke: null },
  crash: { name: 'Crash', note: 49, role: 'FILL', choke: null },
  ride: { name: 'Ride', note: 51, role: 'MOTION', choke: null },
  perc: { name: 'Percussion', note: 70, role: 'TEXTURE', choke: null },
  fx: { name: 'Effect', note: 72, role: 'TEXTURE', choke: null },
};

/** The instrument a role is written as when nothing better is known. */
export const ROLE_INSTRUMENT: Readonly<Record<Role, Instrument>> = {
  CORE: 'kick',
  ACCENT: 'snare',
  MOTION: 'chh',
  FILL: 'mt',
  TEXTURE: 'perc',
};
