import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWav } from '#main/platform';
import { type MonoAudio, toMono } from '#shared/model';
import { readSmf, type Smf } from '#test/read-smf';

const SOUNDFONT = '/usr/share/sounds/sf2/FluidR3_GM.sf2';
const DEMO_SONG = '/usr/share/hydrogen/data/demo_songs/GM_kit_demo1.h2song';

const MOST_MS = 60_000;

async function monoOf(wav: string): Promise<MonoAudio> {
  const opened = await openWav(wav);
  if (!opened.ok) throw new Error(opened.failure.code);
  const audio = toMono(await opened.value.read(0, opened.value.frames));
  await opened.value.close();
  return audio;
}

/** What FluidSynth's own player makes of a MIDI file with FluidR3's drums, dry. */
export async function playedByFluidSynth(midi: Uint8Array, folder: string): Promise<MonoAudio> {
  mkdirSync(folder, { recursive: true });
  const [file, wav] = [join(folder, 'file.mid'), join(folder, 'fluidsynth.wav')];
  writeFileSync(file, midi);
  const options = ['-ni', '-q', '-R', '0', '-C', '0', '-g', '0.5', '-r', '44100', '-T', 'wav', '-O', 'float'];
  execFileSync('fluidsynth', [...options, '-F', wav, SOUNDFONT, file], { stdio: 'ignore', timeout: MOST_MS });
  return monoOf(wav);
}

/**
 * What Hydrogen plays of a MIDI file with its rock kit. Hydrogen opens no MIDI files (its songs, playlists and kits are all that `h2cli`
 * takes), so the notes go into a song of its own as they stand in the file: each on the next of its 48 ticks a quarter and led by the rest
 * (its exporter does not play late what lags), the instrument by the note number that the kit says of it. With `-d alsa` it finds at once
 * that there is no sound card, which an export does not need.
 */
export async function playedByHydrogen(midi: Uint8Array, folder: string): Promise<MonoAudio> {
  mkdirSync(folder, { recursive: true });
  const [song, wav] = [join(folder, 'file.h2song'), join(folder, 'hydrogen.wav')];
  writeFileSync(song, hydrogenSong(readSmf(midi)));
  execFileSync('h2cli', ['-s', song, '-o', wav, '-r', '44100', '-b', '24', '-d', 'alsa'], {
    stdio: 'ignore',
    timeout: MOST_MS,
    env: { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder, QT_QPA_PLATFORM: 'offscreen' },
  });
  return monoOf(wav);
}

/** Hydrogen's ticks in a quarter, and the most of them that a note may lead. */
const HYDROGEN_PPQ = 48;
const MOST_LEAD = 5;

function hydrogenSong({ notes, tempos, ends, division }: Smf): string {
  const demo = readFileSync(DEMO_SONG, 'utf8');
  const instruments = new Map(
    [...demo.matchAll(/<instrument>\s*<id>(\d+)<\/id>[\s\S]*?<midiOutNote>(\d+)<\/midiOutNote>/g)].map(
      ([, id = '', note = '']) => [Number(note), id],
    ),
  );
  if (tempos.length !== 1) throw new Error('Hydrogen’s songs of the tests have one tempo');
  const lines = notes.map(({ key, tick, velocity }) => {
    const place = (tick * HYDROGEN_PPQ) / division;
    const position = Math.ceil(place);
    const instrument = instruments.get(key);
    if (instrument === undefined) throw new Error(`the rock kit has nothing on note ${key}`);
    return `<note><position>${position}</position><leadlag>${(place - position) / MOST_LEAD}</leadlag><velocity>${velocity / 127}</velocity><pan>0</pan><pitch>0</pitch><probability>1</probability><key>C0</key><length>-1</length><instrument>${instrument}</instrument><note_off>false</note_off></note>`;
  });
  const size = Math.round(((ends[0] ?? 0) * HYDROGEN_PPQ) / division);
  return demo
    .replace(/<bpm>[^<]*</, `<bpm>${60e6 / (tempos[0]?.microseconds ?? 500_000)}<`)
    .replace(/<humanize_time>[^<]*</, '<humanize_time>0<')
    .replace(/<humanize_velocity>[^<]*</, '<humanize_velocity>0<')
    .replace(
      /<patternList>[\s\S]*<\/patternSequence>/,
      `<patternList><pattern><name>all</name><category></category><size>${size}</size><denominator>4</denominator><info></info><noteList>${lines.join('')}</noteList></pattern></patternList><virtualPatternList/><patternSequence><group><patternID>all</patternID></group></patternSequence>`,
    );
}

export interface FoundHit {
  /** Which of the templates it sounds like most. */
  readonly index: number;
  /** How much later it sounds than asked for, in seconds. */
  readonly late: number;
  /** Of its samples with the template's, 0..1. */
  readonly likeness: number;
}

/** How far around its time a hit is looked for, and how much of a hit is compared. */
const REACH_SECONDS = 0.015;
const BEFORE_SECONDS = 0.005;
const TEMPLATE_SECONDS = 0.05;

/** The stretch of a sound that begins just before `time`. */
export function templateAt({ samples, sampleRate }: MonoAudio, time: number): Float32Array {
  const start = Math.round((time - BEFORE_SECONDS) * sampleRate);
  return samples.slice(start, start + Math.round(TEMPLATE_SECONDS * sampleRate));
}

/** Lags on either side from which the likeness between two frames is told, and how finely. */
const SINC_REACH = 16;
const STEPS_A_FRAME = 8;

/**
 * The template and the place near `time` at which `audio` is most like one of them, by normalised correlation. Between frames too: a filter
 * that delays by half a frame makes white noise look like .64 of itself at whole ones.
 */
export function hitAt(audio: MonoAudio, time: number, templates: readonly Float32Array[]): FoundHit {
  const { samples, sampleRate } = audio;
  const start = Math.round((time - BEFORE_SECONDS) * sampleRate);
  const reach = Math.round(REACH_SECONDS * sampleRate);
  let best: FoundHit = { index: -1, late: NaN, likeness: -1 };
  for (const [index, template] of templates.entries()) {
    const likeness = Float64Array.from({ length: 2 * reach + 1 }, (_, at) =>
      likenessAt(samples, start + at - reach, template),
    );
    const nearest = likeness.reduce((most, value, at) => (value > (likeness[most] ?? -1) ? at : most), 0);
    for (let step = -STEPS_A_FRAME; step <= STEPS_A_FRAME; step++) {
      const at = nearest + step / STEPS_A_FRAME;
      const found = between(likeness, at);
      if (found > best.likeness) best = { index, late: (at - reach) / sampleRate, likeness: found };
    }
  }
  return best;
}

function likenessAt(samples: Float32Array, start: number, template: Float32Array): number {
  let product = 0;
  let own = 1e-12;
  let power = 1e-12;
  for (let at = 0; at < template.length; at++) {
    const value = samples[start + at] ?? 0;
    product += value * template[at]!;
    own += value * value;
    power += template[at]! * template[at]!;
  }
  return product / Math.sqrt(power * own);
}

/** What a band-limited series is at a place between its values; Hann's window on the sinc. */
function between(series: Float64Array, place: number): number {
  let sum = 0;
  for (let at = Math.ceil(place - SINC_REACH); at <= place + SINC_REACH; at++) {
    const distance = place - at;
    const sinc = distance === 0 ? 1 : Math.sin(Math.PI * distance) / (Math.PI * distance);
    sum += (series[at] ?? 0) * sinc * Math.cos((Math.PI * distance) / (2 * SINC_REACH)) ** 2;
  }
  return sum;
}

/** How often the level leaps: to four times what it was 20 ms before, and to a twentieth of the loudest; not twice in 100 ms. */
export function attacksIn({ samples, sampleRate }: MonoAudio): number {
  const hop = Math.round(0.005 * sampleRate);
  const levels = Array.from({ length: Math.floor(samples.length / hop) }, (_, index) =>
    Math.sqrt(
      samples.slice(index * hop, (index + 1) * hop).reduce((sum, value) => sum + value * value, 0) / hop,
    ),
  );
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0);
  let attacks = 0;
  let last = -Infinity;
  for (const [index, level] of levels.entries()) {
    const before = Math.max(...levels.slice(Math.max(0, index - 4), index), 1e-9);
    if (level < loudest / 20 || level < 4 * Math.min(before, levels[index - 4] ?? 0) || index - last < 20)
      continue;
    attacks++;
    last = index;
  }
  return attacks;
}
