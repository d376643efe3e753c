import { bandPass, Biquad, lowPass } from '../../dsp';
import type { Onset, Stroke, StrokeClass } from '../onsets';

/** One onset with what it says about where in the bar it is. */
export interface Accent {
  /** Seconds. */
  readonly time: number;
  /** 0..1, how clearly it stands out. */
  readonly strength: number;
  /** RMS just after the onset below 120 Hz: kicks. Relative to the loudest of the track, 0..1. */
  readonly low: number;
  /** The same between 200 Hz and 2.5 kHz: snares. */
  readonly middle: number;
  /** Loudest stroke of each voice, 0..1, where drums were told apart. */
  readonly voices: VoiceLevels | null;
}

/** Drums by what they say of the bar: `snare` with rim and clap, `hat` with ride. */
export const VOICES = ['kick', 'snare', 'toms', 'hat', 'crash'] as const;
export type Voice = (typeof VOICES)[number];
export type VoiceLevels = Readonly<Record<Voice, number>>;

const VOICE_OF: Readonly<Record<StrokeClass, Voice>> = {
  kick: 'kick',
  snare: 'snare',
  rim: 'snare',
  clap: 'snare',
  toms: 'toms',
  chh: 'hat',
  ohh: 'hat',
  ride: 'hat',
  crash: 'crash',
};

export function voiceLevels(strokes: readonly Stroke[]): VoiceLevels {
  const levels = { kick: 0, snare: 0, toms: 0, hat: 0, crash: 0 };
  for (const { class: name, probability, velocity } of strokes) {
    const voice = VOICE_OF[name];
    levels[voice] = Math.max(levels[voice], probability * velocity);
  }
  return levels;
}

const LOW_HERTZ = 120;
const MIDDLE_HERTZ = [200, 2500] as const;
const LISTEN_SECONDS = 0.06;

/** Measures the onsets of drum audio that streams by. */
export class AccentMeter {
  readonly #onsets: readonly Onset[];
  readonly #listenFrames: number;
  readonly #low: Biquad;
  readonly #middle: Biquad;
  readonly #sums: { low: number; middle: number; frames: number }[];
  #frame = 0;
  /** The first onset that is still being listened to, or to come. */
  #current = 0;

  constructor(sampleRate: number, onsets: readonly Onset[]) {
    const [from, to] = MIDDLE_HERTZ;
    const centre = Math.sqrt(from * to);
    this.#onsets = onsets;
    this.#listenFrames = Math.round(LISTEN_SECONDS * sampleRate);
    this.#low = new Biquad(lowPass(sampleRate, LOW_HERTZ));
    this.#middle = new Biquad(bandPass(sampleRate, centre, centre / (to - from)));
    this.#sums = onsets.map(() => ({ low: 0, middle: 0, frames: 0 }));
  }

  push(samples: Float32Array): void {
    for (const sample of samples) {
      const low = this.#low.next(sample);
      const middle = this.#middle.next(sample);
      this.#listen(low * low, middle * middle);
      this.#frame++;
    }
  }

  #listen(low: number, middle: number): void {
    const onsets = this.#onsets;
    while (
      this.#current < onsets.length &&
      this.#frame >= onsets[this.#current]!.frame + this.#listenFrames
    ) {
      this.#current++;
    }
    for (let at = this.#current; at < onsets.length && onsets[at]!.frame <= this.#frame; at++) {
      const sum = this.#sums[at]!;
      sum.low += low;
      sum.middle += middle;
      sum.frames++;
    }
  }

  accents(): Accent[] {
    const levels = this.#sums.map(({ low, middle, frames }) => ({
      low: Math.sqrt(low / Math.max(1, frames)),
      middle: Math.sqrt(middle / Math.max(1, frames)),
    }));
    const loudestLow = levels.reduce((most, { low }) => Math.max(most, low), 1e-9);
    const loudestMiddle = levels.reduce((most, { middle }) => Math.max(most, middle), 1e-9);
    return this.#onsets.map(({ time, strength, strokes }, at) => ({
      time,
      strength,
      voices: strokes && strokes.length > 0 ? voiceLevels(strokes) : null,
      low: (levels[at]?.low ?? 0) / loudestLow,
      middle: (levels[at]?.middle ?? 0) / loudestMiddle,
    }));
  }
}
