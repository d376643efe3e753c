import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { fail, invariant, ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { VoiceCache } from './voice-cache';

type FluidSynth = typeof import('js-synthesizer');
type Synthesizer = InstanceType<FluidSynth['Synthesizer']>;

export interface FontPreset {
  /** 128 holds drum kits. */
  readonly bank: number;
  readonly program: number;
  readonly name: string;
}

export interface FontHandle {
  /** Of the font's bytes. */
  readonly sha256: string;
  readonly presets: readonly FontPreset[];
}

export interface VoiceSpec {
  /** SHA-256 of a loaded font. */
  readonly font: string;
  readonly bank: number;
  readonly program: number;
  readonly key: number;
  /** 1..127 */
  readonly velocity: number;
}

/** Fonts that sound: every stroke of them alone, dry, from its first frame on. */
export interface Synth {
  /** `path` is only named in failures. */
  readonly load: (bytes: Uint8Array, path: string) => Promise<Result<FontHandle, Failure>>;
  /** Mono at 44.1 kHz, from the frame at which it begins to sound to where it has rung out; not to be written to. */
  readonly voice: (spec: VoiceSpec) => Float32Array;
  readonly close: () => void;
}

export const SYNTH_RATE = 44_100;
/** FluidSynth acts on notes only at every so many frames. */
const GRID_FRAMES = 64;
const PIECE_FRAMES = 64 * GRID_FRAMES;
/** What rings on is faded out by then; a drum that was played once has rung out before. */
const MOST_FRAMES = 88 * PIECE_FRAMES;
const FADE_FRAMES = 4410;
/** A voice begins where it first exceeds so much of its peak, and ends where it last exceeds the other: -40 dB, -84 dB. */
const ONSET_SHARE = 0.01;
const END_SHARE = 6e-5;
/** Any; drum kits sound on all when they are chosen by bank and program. */
const CHANNEL = 0;

/** Cached voices, in frames of 4 bytes: all velocities of a snare in three turns take a sixth. */
const CACHED_FRAMES = 32_000_000;

let library: Promise<FluidSynth> | null = null;

/** FluidSynth is compiled once in a process. */
function loadLibrary(): Promise<FluidSynth> {
  library ??= (async () => {
    const load = createRequire(import.meta.url);
    const synthesizer = load('js-synthesizer') as FluidSynth;
    synthesizer.Synthesizer.initializeWithFluidSynthModule(
      load('js-synthesizer/externals/libfluidsynth-2.4.6.js'),
    );
    await synthesizer.waitForReady();
    synthesizer.disableLogging();
    return synthesizer;
  })();
  return library;
}

/** A FluidSynth without reverb and chorus. */
export async function openSynth(): Promise<Synth> {
  const { Synthesizer } = await loadLibrary();
  const synthesizer = new Synthesizer();
  synthesizer.init(SYNTH_RATE, { reverbActive: false, chorusActive: false, initialGain: 1, polyphony: 64 });
  const fonts = new Map<string, { readonly id: number; readonly handle: FontHandle }>();
  const cache = new VoiceCache(CACHED_FRAMES);
  const scratch = {
    voice: new Float32Array(MOST_FRAMES),
    left: new Float32Array(PIECE_FRAMES),
    right: new Float32Array(PIECE_FRAMES),
  };
  return {
    async load(bytes, path) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const known = fonts.get(sha256);
      if (known) return ok(known.handle);
      const id = await synthesizer.loadSFont(new Uint8Array(bytes).buffer).catch(() => -1);
      const font = id < 0 ? null : synthesizer.getSFontObject(id);
      if (!font)
        return fail({ code: 'badFile', path, format: 'SoundFont', problems: ['FluidSynth cannot read it'] });
      const presets = Array.from(
        font.getPresetIterable(),
        ({ bankNum, num, name }): FontPreset => ({ bank: bankNum, program: num, name }),
      );
      const handle = { sha256, presets };
      fonts.set(sha256, { id, handle });
      const [first] = presets;
      // The first render after a font was loaded begins some frames off the grid, later ones do not.
      if (first) rendered(synthesizer, scratch, id, { ...first, font: sha256, key: 38, velocity: 1 });
      return ok(handle);
    },
    voice(spec) {
      const font = fonts.get(spec.font);
      invariant(font, `font ${spec.font} is loaded`);
      // FluidSynth would go on with the preset before.
      const isThere = font.handle.presets.some(
        ({ bank, program }) => bank === spec.bank && program === spec.program,
      );
      invariant(isThere, `font ${spec.font} has a preset ${spec.bank}:${spec.program}`);
      const name = [spec.font, spec.bank, spec.program, spec.key, spec.velocity].join(':');
      return cache.get(name, () => trimmed(rendered(synthesizer, scratch, font.id, spec)));
    },
    close: () => synthesizer.close(),
  };
}

/** Written over at every render. */
interface Scratch {
  readonly voice: Float32Array;
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** A key pressed and held until nothing sounds. */
function rendered(
  synthesizer: Synthesizer,
  { voice, left, right }: Scratch,
  font: number,
  { bank, program, key, velocity }: VoiceSpec,
): Float32Array {
  synthesizer.midiProgramSelect(CHANNEL, font, bank, program);
  synthesizer.midiNoteOn(CHANNEL, key, velocity);
  let written = 0;
  while (written < MOST_FRAMES) {
    synthesizer.render([left, right]);
    for (let frame = 0; frame < PIECE_FRAMES; frame++)
      voice[written + frame] = (left[frame]! + right[frame]!) / 2;
    written += PIECE_FRAMES;
    if (!synthesizer.isPlaying()) break;
  }
  synthesizer.midiAllSoundsOff(CHANNEL);
  synthesizer.render([left, right]);
  if (written < MOST_FRAMES) return voice.subarray(0, written);
  for (let frame = 0; frame < FADE_FRAMES; frame++)
    voice[MOST_FRAMES - 1 - frame]! *= 0.5 - 0.5 * Math.cos((Math.PI * frame) / FADE_FRAMES);
  return voice;
}

/** From the onset to the end; a voice of silence is empty. */
function trimmed(voice: Float32Array): Float32Array {
  let peak = 0;
  for (const value of voice) peak = Math.max(peak, Math.abs(value));
  if (peak === 0) return new Float32Array(0);
  const first = voice.findIndex(value => Math.abs(value) >= ONSET_SHARE * peak);
  const last = voice.findLastIndex(value => Math.abs(value) >= END_SHARE * peak);
  return voice.slice(first, last + 1);
}
