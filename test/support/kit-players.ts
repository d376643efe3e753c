import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWav } from '#main/platform';
import { type MonoAudio, toMono } from '#shared/model';

const DEMO_SONG = '/usr/share/hydrogen/data/demo_songs/GM_kit_demo1.h2song';
const MOST_MS = 60_000;

/** A stroke of a test: on which note, when, how hard. */
export interface Stroke {
  readonly note: number;
  /** Seconds; a multiple of 1/48 of a quarter at 60 BPM, which is what Hydrogen's grid holds. */
  readonly at: number;
  /** 1..127. */
  readonly velocity: number;
}

async function monoOf(wav: string): Promise<MonoAudio> {
  const opened = await openWav(wav);
  if (!opened.ok) throw new Error(opened.failure.code);
  const audio = toMono(await opened.value.read(0, opened.value.frames));
  await opened.value.close();
  return audio;
}

/** A standard MIDI file of strokes, type 0 on channel 10, 960 ticks a quarter at 60 BPM. */
function midiOf(strokes: readonly Stroke[]): Uint8Array {
  const events = strokes
    .flatMap(({ note, at, velocity }) => [
      { tick: Math.round(at * 960), bytes: [0x99, note, velocity] },
      { tick: Math.round(at * 960) + 120, bytes: [0x89, note, 0] },
    ])
    .sort((a, b) => a.tick - b.tick);
  const track: number[] = [0, 0xff, 0x51, 3, 0x0f, 0x42, 0x40];
  let last = 0;
  for (const { tick, bytes } of events) {
    track.push(...variable(tick - last), ...bytes);
    last = tick;
  }
  track.push(...variable(1920), 0xff, 0x2f, 0);
  const number = (value: number): number[] => [24, 16, 8, 0].map(shift => (value >>> shift) & 0xff);
  const text = (name: string): number[] => Array.from(name, sign => sign.charCodeAt(0));
  return Uint8Array.from([
    ...text('MThd'),
    ...number(6),
    0,
    0,
    0,
    1,
    960 >> 8,
    960 & 0xff,
    ...text('MTrk'),
    ...number(track.length),
    ...track,
  ]);
}

function variable(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f));
  return bytes;
}

/** What FluidSynth plays of strokes with a font, dry. */
export function fontPlayed(font: string, strokes: readonly Stroke[], folder: string): Promise<MonoAudio> {
  mkdirSync(folder, { recursive: true });
  const [file, wav] = [join(folder, 'strokes.mid'), join(folder, 'fluidsynth.wav')];
  writeFileSync(file, midiOf(strokes));
  const options = ['-ni', '-q', '-R', '0', '-C', '0', '-g', '0.5', '-r', '44100', '-T', 'wav', '-O', 'float'];
  execFileSync('fluidsynth', [...options, '-F', wav, font, file], { stdio: 'ignore', timeout: MOST_MS });
  return monoOf(wav);
}

/** Runs Hydrogen's command line where it finds neither a display nor a sound card, in a home of its own. */
function hydrogen(args: readonly string[], home: string): void {
  execFileSync('h2cli', [...args], {
    stdio: 'ignore',
    timeout: MOST_MS,
    env: { ...process.env, HOME: home, XDG_RUNTIME_DIR: home, QT_QPA_PLATFORM: 'offscreen' },
  });
}

/** Whether Hydrogen's own check takes a packed drumkit. */
export function hydrogenTakes(kit: string, home: string): boolean {
  mkdirSync(home, { recursive: true });
  try {
    hydrogen(['--check', kit], home);
    return true;
  } catch {
    return false;
  }
}

/**
 * What Hydrogen plays of strokes with a packed drumkit: it is unpacked by Hydrogen itself, and its instruments put into a song of Hydrogen's
 * own, which is all that its command line renders.
 */
export function drumkitPlayed(
  kit: string,
  name: string,
  strokes: readonly Stroke[],
  home: string,
): Promise<MonoAudio> {
  mkdirSync(home, { recursive: true });
  const unpacked = join(home, 'unpacked');
  mkdirSync(unpacked, { recursive: true });
  hydrogen(['--extract', kit, '--target', unpacked], home);
  const xml = readFileSync(join(unpacked, name, 'drumkit.xml'), 'utf8');
  const inside = (tag: string): string => new RegExp(`<${tag}>[\\s\\S]*</${tag}>`).exec(xml)?.[0] ?? '';
  const instruments = inside('instrumentList').replace(
    /<filename>([^<]*)</g,
    `<filename>${join(unpacked, name)}/$1<`,
  );
  const ids = new Map(
    [...xml.matchAll(/<instrument>\s*<id>(\d+)<\/id>[\s\S]*?<midiOutNote>(\d+)<\/midiOutNote>/g)].map(
      ([, id = '', note = '']) => [Number(note), id],
    ),
  );
  const notes = strokes.map(
    ({ note, at, velocity }) =>
      `<note><position>${Math.round(at * 48)}</position><leadlag>0</leadlag><velocity>${velocity / 127}</velocity><pan>0</pan><pitch>0</pitch><probability>1</probability><key>C0</key><length>-1</length><instrument>${ids.get(note)}</instrument><note_off>false</note_off></note>`,
  );
  const size = 48 * (2 + Math.ceil(Math.max(...strokes.map(({ at }) => at))));
  const song = readFileSync(DEMO_SONG, 'utf8')
    .replace(/<bpm>[^<]*</, '<bpm>60<')
    .replace(/<humanize_time>[^<]*</, '<humanize_time>0<')
    .replace(/<humanize_velocity>[^<]*</, '<humanize_velocity>0<')
    .replace(/<componentList>[\s\S]*<\/componentList>/, () => inside('componentList'))
    .replace(/<instrumentList>[\s\S]*<\/instrumentList>/, () => instruments)
    .replace(
      /<patternList>[\s\S]*<\/patternSequence>/,
      `<patternList><pattern><name>all</name><category></category><size>${size}</size><denominator>4</denominator><info></info><noteList>${notes.join('')}</noteList></pattern></patternList><virtualPatternList/><patternSequence><group><patternID>all</patternID></group></patternSequence>`,
    );
  const [file, wav] = [join(home, 'strokes.h2song'), join(home, 'hydrogen.wav')];
  writeFileSync(file, song);
  hydrogen(['-s', file, '-o', wav, '-r', '44100', '-b', '24', '-d', 'alsa'], home);
  return monoOf(wav);
}

/** Root mean square between two instants. */
export function levelBetween({ samples, sampleRate }: MonoAudio, from: number, to: number): number {
  const part = samples.subarray(Math.round(from * sampleRate), Math.round(to * sampleRate));
  return Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / Math.max(1, part.length));
}
