import { RealFft, SampleQueue, slaneyBands } from '../../dsp';
import { MEL_BANDS } from './contract';

export const BEAT_SAMPLE_RATE = 22_050;
export const BEAT_FRAMES_PER_SECOND = 50;
const WINDOW = 1024;
const HOP = 441;
const LOWEST_HERTZ = 30;
const HIGHEST_HERTZ = 11_000;
/** log(1 + this times the magnitude). */
const MULTIPLIER = 1000;

/**
 * The spectrogram that Beat This! was trained on, from mono audio at 22.05 kHz that streams by: magnitudes of centred
 * 1024-frame Hann windows, 50 a second, divided by the root of the window's length, in 128 triangles of height 1 on Slaney's
 * mel scale; log(1 + 1000 x). Both ends are reflected.
 *
 * @see Foscarin, Schlüter and Widmer, "Beat This!", ISMIR 2024
 */
export class BeatSpectrogram {
  readonly #fft = new RealFft(WINDOW);
  readonly #spectrum = new Float64Array(2 * (WINDOW / 2 + 1));
  readonly #windowed = new Float64Array(WINDOW);
  readonly #hann = Float64Array.from(
    { length: WINDOW },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / WINDOW),
  );
  readonly #filters = slaneyBands(MEL_BANDS, WINDOW, BEAT_SAMPLE_RATE, LOWEST_HERTZ, HIGHEST_HERTZ);
  readonly #queue = new SampleQueue();
  #hasStarted = false;
  #last = new Float32Array(0);
  #received = 0;
  #emitted = 0;

  /** The frames, `MEL_BANDS` values each, that the next samples complete. */
  push(samples: Float32Array): Float32Array {
    this.#received += samples.length;
    this.#queue.push(samples);
    this.#remember(samples);
    if (!this.#hasStarted) {
      // The reflection needs half a window beside the first sample.
      if (this.#queue.length <= WINDOW / 2) return new Float32Array(0);
      this.#reflectStart();
    }
    return this.#emit(Infinity);
  }

  finish(): Float32Array {
    const total = this.#received === 0 ? 0 : 1 + Math.floor(this.#received / HOP);
    if (!this.#hasStarted) this.#reflectStart();
    const half = WINDOW / 2;
    const tail = new Float32Array(half);
    const last = this.#last;
    for (let at = 0; at < half; at++) tail[at] = last[last.length - 2 - at] ?? 0;
    this.#queue.push(tail);
    this.#queue.pushZeros(WINDOW);
    return this.#emit(total);
  }

  #remember(samples: Float32Array): void {
    const kept = WINDOW / 2 + 1;
    const joined = new Float32Array(this.#last.length + samples.length);
    joined.set(this.#last);
    joined.set(samples, this.#last.length);
    this.#last = joined.slice(Math.max(0, joined.length - kept));
  }

  #reflectStart(): void {
    const held = this.#queue.take(this.#queue.length);
    const half = WINDOW / 2;
    const head = new Float32Array(half);
    for (let at = 0; at < half; at++) head[at] = held[half - at] ?? 0;
    this.#queue.push(head);
    this.#queue.push(held);
    this.#hasStarted = true;
  }

  #emit(total: number): Float32Array {
    const frames: Float32Array[] = [];
    while (this.#emitted < total && this.#queue.length >= WINDOW) {
      frames.push(this.#frame(this.#queue.peek(WINDOW)));
      this.#queue.drop(HOP);
      this.#emitted++;
    }
    const joined = new Float32Array(frames.length * MEL_BANDS);
    frames.forEach((frame, at) => joined.set(frame, at * MEL_BANDS));
    return joined;
  }

  #frame(samples: Float32Array): Float32Array {
    for (let at = 0; at < WINDOW; at++) this.#windowed[at] = samples[at]! * this.#hann[at]!;
    this.#fft.forward(this.#windowed, this.#spectrum);
    const scale = 1 / Math.sqrt(WINDOW);
    return Float32Array.from(this.#filters, ({ first, weights }) => {
      let sum = 0;
      for (let at = 0; at < weights.length; at++) {
        const bin = 2 * (first + at);
        sum += weights[at]! * Math.hypot(this.#spectrum[bin]!, this.#spectrum[bin + 1]!);
      }
      return Math.log1p(MULTIPLIER * scale * sum);
    });
  }
}
