import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeMidi } from 'midi-file';
import { openWav } from '#main/platform';
import {
  type DrumEvidence,
  INSTRUMENT_FACTS,
  type Instrument,
  type MonoAudio,
  type Role,
  toMono,
} from '#shared/model';

export interface OneShot {
  readonly name: string;
  readonly instrument: Instrument;
  readonly role: Role;
  readonly audio: MonoAudio;
  /** What a network heard it to be; null where none listened. */
  readonly drum: DrumEvidence | null;
}

export const SOUNDFONT = '/usr/share/sounds/sf2/FluidR3_GM.sf2';
export const canRender = existsSync(SOUNDFONT) && existsSync('/usr/bin/fluidsynth');

const KITS = [0, 8, 16, 24, 25, 32, 40, 48] as const;
const ORCHESTRA = 48;
const VELOCITIES = [50, 90, 120] as const;
const SECONDS_PER_NOTE = 4.5;

/** General MIDI level 1 percussion; keys whose role is open to taste (tambourine, cowbell, vibraslap) are left out. */
const KEYS: Readonly<Record<number, Instrument>> = {
  35: 'kick',
  36: 'kick',
  37: 'rim',
  38: 'snare',
  39: 'clap',
  40: 'snare',
  41: 'lt',
  42: 'chh',
  43: 'lt',
  44: 'phh',
  45: 'lt',
  46: 'ohh',
  47: 'mt',
  48: 'mt',
  49: 'crash',
  50: 'ht',
  51: 'ride',
  52: 'crash',
  53: 'ride',
  55: 'crash',
  57: 'crash',
  59: 'ride',
};
/** What differs from that in Roland's kits, which the soundfonts follow: a reversed cymbal, a brush's slap, a crash of the orchestra. */
const OWN_KEYS: Readonly<Record<number, Readonly<Record<number, Instrument>>>> = {
  24: { 52: 'fx' },
  40: { 39: 'snare' },
  48: { 59: 'crash' },
};
const drumKeys = Object.keys(KEYS).map(Number);

/** The orchestra kit has timpani where others have toms, hats and cymbals, and castanets for the clap. */
const hasKey = (kit: number, key: number): boolean =>
  kit !== ORCHESTRA || ((key < 41 || key > 53) && key !== 39 && key !== 55);

/** Which of a General MIDI soundfont's sounds are rendered. */
interface Rendering {
  readonly font: string;
  readonly kits: readonly number[];
  readonly velocities: readonly number[];
  /** Programs of pads and effects. */
  readonly pads: readonly number[];
}
const FLUID: Rendering = {
  font: SOUNDFONT,
  kits: KITS,
  velocities: VELOCITIES,
  pads: Array.from({ length: 14 }, (_, index) => 88 + index),
};

/** One-shots of FluidR3's eight drum kits, 22 keys at three velocities, and 28 notes of its pads and effects, unless others are asked for. */
export async function renderedOneShots(folder: string, rendering = FLUID): Promise<OneShot[]> {
  const { font, kits, velocities, pads } = rendering;
  const shots: OneShot[] = [];
  for (const kit of kits) {
    const notes = drumKeys
      .filter(key => hasKey(kit, key))
      .flatMap(key => velocities.map(velocity => ({ key, velocity })));
    const audio = await renderNotes(folder, { font, channel: 9, program: kit, notes });
    for (const [index, { key, velocity }] of notes.entries()) {
      const instrument = OWN_KEYS[kit]?.[key] ?? KEYS[key] ?? 'fx';
      const { role } = INSTRUMENT_FACTS[instrument];
      shots.push({
        name: `kit ${kit} key ${key} velocity ${velocity}`,
        instrument,
        role,
        audio: audio[index] as MonoAudio,
        drum: null,
      });
    }
  }
  for (const program of pads) {
    const notes = [48, 60].map(key => ({ key, velocity: 100 }));
    const audio = await renderNotes(folder, { font, channel: 0, program, notes });
    for (const [index, { key }] of notes.entries())
      shots.push({
        name: `program ${program} key ${key}`,
        instrument: 'fx',
        role: 'TEXTURE',
        audio: audio[index] as MonoAudio,
        drum: null,
      });
  }
  return shots;
}

interface Part {
  readonly font: string;
  readonly channel: number;
  readonly program: number;
  readonly notes: readonly { readonly key: number; readonly velocity: number }[];
}

/** Renders the notes one after another, dry, and cuts them apart. */
export async function renderNotes(
  folder: string,
  { font, channel, program, notes }: Part,
): Promise<MonoAudio[]> {
  const [midi, wav] = [join(folder, 'part.mid'), join(folder, 'part.wav')];
  const perSecond = 960;
  const track = [
    { deltaTime: 0, type: 'setTempo' as const, microsecondsPerBeat: 500_000, meta: true as const },
    { deltaTime: 0, type: 'programChange' as const, channel, programNumber: program },
    ...notes.flatMap(({ key, velocity }, index) => [
      {
        deltaTime: (index === 0 ? 0.5 : 1.5) * perSecond,
        type: 'noteOn' as const,
        channel,
        noteNumber: key,
        velocity,
      },
      { deltaTime: 3 * perSecond, type: 'noteOff' as const, channel, noteNumber: key, velocity: 0 },
    ]),
    { deltaTime: 2 * perSecond, type: 'endOfTrack' as const, meta: true as const },
  ];
  writeFileSync(
    midi,
    Uint8Array.from(writeMidi({ header: { format: 0, numTracks: 1, ticksPerBeat: 480 }, tracks: [track] })),
  );
  const options = ['-ni', '-q', '-R', '0', '-C', '0', '-g', '0.5', '-r', '44100', '-T', 'wav', '-O', 'float'];
  execFileSync('fluidsynth', [...options, '-F', wav, font, midi], { stdio: 'ignore', timeout: 60_000 });
  const opened = await openWav(wav);
  if (!opened.ok) throw new Error(opened.failure.code);
  const { sampleRate } = opened.value;
  const shots: MonoAudio[] = [];
  for (const [index] of notes.entries()) {
    const start = Math.round((0.49 + SECONDS_PER_NOTE * index) * sampleRate);
    shots.push(toMono(await opened.value.read(start, Math.round(3.2 * sampleRate))));
  }
  await opened.value.close();
  return shots;
}

/** Instruments of MDB Drums' subclasses that name one. */
const SUBCLASSES: Readonly<Record<string, Instrument>> = {
  KD: 'kick',
  SD: 'snare',
  SDB: 'snare',
  SDD: 'snare',
  SDF: 'snare',
  SDG: 'snare',
  SDNS: 'snare',
  CHH: 'chh',
  OHH: 'ohh',
  PHH: 'phh',
  SST: 'rim',
  HFT: 'lt',
  LFT: 'lt',
  LMT: 'mt',
  MHT: 'ht',
  HIT: 'ht',
};
/** A stroke of another instrument nearer than this is heard in the hit. */
const GAP_SECONDS = 0.15;
const MATCH_SECONDS = 0.05;

/** What an annotated recording holds alone at `time`, or null: nothing is near, or several instruments. `annotation` is `time<TAB>subclass` a line. */
export function soloInstrumentAt(annotation: string, time: number): Instrument | null {
  const events = annotation
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .map(([at, label]) => ({ distance: Math.abs(Number(at) - time), label: label ?? '' }));
  const nearest = events.reduce((best, event) => (event.distance < best.distance ? event : best), {
    distance: MATCH_SECONDS,
    label: '',
  });
  const isAlone = events.every(({ distance, label }) => label === nearest.label || distance > GAP_SECONDS);
  return isAlone ? (SUBCLASSES[nearest.label] ?? null) : null;
}

export interface Scores {
  /** Mean of the recalls of the classes with at least `FEWEST` hits. */
  readonly balanced: number;
  readonly count: number;
  /** A line a class: how many, recall, and what was heard instead. */
  readonly table: string;
}

/** Below this a recall is chance. */
const FEWEST = 5;

/** Recall by class and its mean over classes. */
export function scoresOf<Label extends string>(
  pairs: readonly { readonly truth: Label; readonly heard: Label }[],
): Scores {
  const recalls: number[] = [];
  const lines = [...new Set(pairs.map(({ truth }) => truth))].map(truth => {
    const heard = pairs.filter(pair => pair.truth === truth).map(pair => pair.heard);
    const recall = heard.filter(label => label === truth).length / heard.length;
    if (heard.length >= FEWEST) recalls.push(recall);
    const counts = [...new Set(heard)].map(
      label => `${label} ${heard.filter(other => other === label).length}`,
    );
    return `${truth.padEnd(8)} n=${String(heard.length).padEnd(4)} recall ${recall.toFixed(3)}  heard as ${counts.join(', ')}`;
  });
  const balanced = recalls.reduce((sum, recall) => sum + recall, 0) / Math.max(1, recalls.length);
  return { balanced, count: pairs.length, table: lines.join('\n') };
}
