import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAudio } from '#main/platform';
import { INSTRUMENT_FACTS, type Instrument, type MonoAudio, type Role, toMono } from '#shared/model';
import { canRender, type OneShot, renderedOneShots, renderNotes, SOUNDFONT } from './one-shots';

/** A hit of a kit, and what its kit says that it is. */
export interface KitShot {
  readonly kit: string;
  readonly name: string;
  readonly instrument: Instrument;
  /** null where a role would be a matter of taste: percussion and effects. */
  readonly role: Role | null;
  readonly audio: MonoAudio;
}

/**
 * Kits that the audio-text model never trained on (native-models/training/drum-clap/labels.py). By the first, settings are chosen;
 * by the others nothing is: they are the judge.
 */
const CHOSEN = ['ElectricEmpireKit', 'ColomboAcousticDrumkit', 'BJA_Pacific', 'circAfrique v4'] as const;
const JUDGED = ['The Black Pearl 1.0', 'HardElectro1', 'Gimme A Hand 1.0'] as const;
const HYDROGEN = '/usr/share/hydrogen/data/drumkits';
const TIMGM = '/usr/share/sounds/sf2/TimGM6mb.sf2';
const JUDGED_PROGRAMS = [0, 8, 16, 24, 25, 32, 40] as const;
const ALL_VELOCITIES = [50, 90, 120] as const;

const areThere = (kits: readonly string[]): boolean => kits.every(kit => existsSync(join(HYDROGEN, kit)));
export const canJudgeKits = canRender && existsSync(TIMGM) && areThere(JUDGED);

/** The chosen kits, and FluidR3's pads (its drum kits trained the model, its pads did not). */
export async function chosenShots(folder: string): Promise<KitShot[]> {
  const sampled = (await Promise.all(CHOSEN.map(hydrogenShots))).flat();
  const pads = await renderedOneShots(folder, { font: SOUNDFONT, kits: [], velocities: [], pads: PADS });
  return [...sampled, ...pads.map(asKitShot('FluidR3'))];
}

const PADS = Array.from({ length: 14 }, (_, index) => 88 + index);
const asKitShot =
  (kit: string) =>
  ({ name, instrument, role, audio }: OneShot): KitShot => ({ kit, name, instrument, role, audio });

/** @param isQuick two drum kits and two velocities of the soundfont instead of all, for a test */
export async function judgedShots(folder: string, isQuick = false): Promise<KitShot[]> {
  const sampled = (await Promise.all(JUDGED.map(hydrogenShots))).flat();
  const velocities = isQuick ? [60, 110] : ALL_VELOCITIES;
  const rendered = await renderedOneShots(folder, {
    font: TIMGM,
    kits: isQuick ? [0, 25] : JUDGED_PROGRAMS,
    velocities,
    pads: PADS,
  });
  return [...sampled, ...rendered.map(asKitShot('TimGM6mb')), ...(await percussion(folder))];
}

/** General MIDI percussion beside the drum set, of the soundfont's first kit. */
const PERCUSSION_KEYS = [
  54, 56, 58, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 73, 75, 76, 77, 80, 81,
] as const;

async function percussion(folder: string): Promise<KitShot[]> {
  const notes = PERCUSSION_KEYS.map(key => ({ key, velocity: 100 }));
  const audio = await renderNotes(folder, { font: TIMGM, channel: 9, program: 0, notes });
  return notes.flatMap(({ key }, index) => {
    const sound = audio[index];
    return sound
      ? [{ kit: 'TimGM6mb', name: `key ${key}`, instrument: 'perc', role: null, audio: sound }]
      : [];
  });
}

/** Of an instrument's name in its kit, first match first; what matches none is left out. */
const NAMES: readonly (readonly [RegExp, Instrument])[] = [
  [/semi|swish|choke|ride\/|crash\/ride|snare roll|opaco|hats? (low|ring)|hat free/, 'fx'],
  [/kick|bass ?drum/, 'kick'],
  [/rim ?shot/, 'snare'],
  [/rim click|side stick|^stick$/, 'rim'],
  [/snare/, 'snare'],
  [/clap/, 'clap'],
  [/(hat|hh).*pedal|pedal (hat|hh)|pd hh/, 'phh'],
  [/(hat|hh|hi-hat).*op|open (hat|hh|hi)|ohh/, 'ohh'],
  [/(hat|hh|hi-hat).*cl|closed (hat|hh)|side hh/, 'chh'],
  [/tom.*(low|floor)|(low|floor) ?tom/, 'lt'],
  [/tom.*(mid|2$)/, 'mt'],
  [/tom.*(high|hi$|1$)/, 'ht'],
  [/ride|paiste bell|^bell$/, 'ride'],
  [/crash|china|splash/, 'crash'],
  [
    /djembe|sangban|dununba|kenkeni|cowbell|conga|bongo|maraca|snap|tambourine|clave|wood ?block|waterglass|agogo|shaker|cajon/,
    'perc',
  ],
  [/^zap/, 'fx'],
];
/** Left out of both: between two of our instruments. */
const UNCLEAR = NAMES[0]?.[0] ?? /^$/;

function instrumentNamed(name: string): Instrument | null {
  const plain = name
    .toLowerCase()
    .replace(/ *\([^)]*\)/g, '')
    .trim();
  if (UNCLEAR.test(plain)) return null;
  return NAMES.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}

const ROLE_OPEN: ReadonlySet<Instrument> = new Set(['perc', 'fx']);
const roleOf = (instrument: Instrument): Role | null =>
  ROLE_OPEN.has(instrument) ? null : INSTRUMENT_FACTS[instrument].role;

/** All layers of a Hydrogen kit's named instruments. */
async function hydrogenShots(kit: string): Promise<KitShot[]> {
  const folder = join(HYDROGEN, kit);
  const xml = readFileSync(join(folder, 'drumkit.xml'), 'utf8');
  const shots: KitShot[] = [];
  for (const [, body = ''] of xml.matchAll(/<instrument>([\s\S]*?)<\/instrument>/g)) {
    const name = /<name>([^<]*)<\/name>/.exec(body)?.[1] ?? '';
    const instrument = instrumentNamed(name);
    if (!instrument) continue;
    const files = [...body.matchAll(/<filename>([^<]+)<\/filename>/g)].map(([, file = '']) => file);
    for (const file of files) {
      // Some kits layer a ride's cup into their crash: such a file is called what it is.
      const own = /ride.?cup|__ride\d/i.test(file) ? 'ride' : instrument;
      if (!existsSync(join(folder, file))) continue;
      const audio = await wholeFile(join(folder, file));
      if (audio)
        shots.push({ kit, name: `${kit} ${name} ${file}`, instrument: own, role: roleOf(own), audio });
    }
  }
  return shots;
}

async function wholeFile(path: string): Promise<MonoAudio | null> {
  const opened = await openAudio(path, new AbortController().signal);
  if (!opened.ok) return null;
  const reader = opened.value;
  const pieces: Float32Array[] = [];
  for await (const chunk of reader.chunks()) pieces.push(toMono(chunk).samples.slice());
  await reader.close();
  const samples = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  return { sampleRate: reader.sampleRate, samples };
}
