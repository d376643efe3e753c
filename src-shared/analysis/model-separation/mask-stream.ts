import { ComplexFft, hannWindow, reflected } from '../../dsp';
import type { DrumStemContract } from './contract';
import { HeldAudio } from './held-audio';
import { LowSpectrum } from './low-spectrum';
import { joinPieces, type StemPieces, type StemStream } from './stem-stream';
import type { Stereo, Tensor } from './tensors';

/** Mask `[1, 2, windows, bins]` for the powers of as many windows. */
export type FindMask = (power: Tensor, bass: Tensor) => Promise<Tensor>;

interface Analysed {
  /** Transform of mid + i side, `2 * window` numbers. */
  readonly spectrum: Float32Array;
  /** Of mid, then of side, `bins` each. */
  readonly power: Float32Array;
  readonly bass: Float32Array;
}

/**
 * Runs `drum-stem` over a song in flat memory. Each stretch of windows that the model sees has `contextWindows` of its
 * neighbours at both ends, as many as a mask depends on, so that the stretches' joins are exact.
 * @see native-models/training/drum-stem/spectra.py, with which every number here agrees
 */
export class MaskStream implements StemStream {
  readonly #contract: DrumStemContract;
  readonly #findMask: FindMask;
  /** Brings the song to unit power before its powers are taken. */
  readonly #gain: number;
  readonly #bins: number;
  readonly #fft: ComplexFft;
  readonly #bass: LowSpectrum;
  readonly #window: Float64Array;
  readonly #time: Float64Array;
  readonly #spectrum: Float64Array;
  readonly #bassHop: Float32Array;
  /** Mid and side. */
  readonly #held = new HeldAudio();
  /** Windows from `#analysedFrom` on that a later mask needs. */
  readonly #analysed: Analysed[] = [];
  #analysedFrom = 0;
  #windowsDone = 0;
  /** Sums of the masked windows, and of the squared windows, from frame `#base` on. */
  readonly #sums: readonly [Float64Array, Float64Array];
  readonly #envelope: Float64Array;
  #base: number;

  constructor(contract: DrumStemContract, sideRms: number, findMask: FindMask) {
    this.#contract = contract;
    this.#findMask = findMask;
    this.#gain = 1 / (sideRms + 1e-9);
    const { window, hop, bassWindow, bassBins } = contract;
    this.#bins = window / 2 + 1;
    this.#fft = new ComplexFft(window);
    this.#bass = new LowSpectrum(bassWindow, hop, bassBins);
    this.#window = hannWindow(window);
    this.#time = new Float64Array(2 * window);
    this.#spectrum = new Float64Array(2 * window);
    this.#bassHop = new Float32Array(hop);
    this.#sums = [new Float64Array(window), new Float64Array(window)];
    this.#envelope = new Float64Array(window);
    this.#base = -window / 2;
  }

  async push([left, right]: Stereo): Promise<StemPieces> {
    const mid = new Float32Array(left.length);
    const side = new Float32Array(left.length);
    for (let at = 0; at < left.length; at++) {
      mid[at] = (left[at]! + right[at]!) / 2;
      side[at] = (left[at]! - right[at]!) / 2;
    }
    this.#held.push([mid, side]);
    const { hop, bassWindow, segmentWindows, contextWindows } = this.#contract;
    const pieces: StemPieces[] = [];
    const step = segmentWindows - 2 * contextWindows;
    for (;;) {
      const next = this.#analysedFrom + this.#analysed.length;
      // One frame more than the window has: mirrored at the song's begin, it looks as far ahead.
      if (next * hop + bassWindow / 2 >= this.#held.end) break;
      this.#analyse(next, null);
      if (next + 1 === this.#windowsDone + step + contextWindows) {
        pieces.push(await this.#mask(step, next + 1, null));
      }
    }
    return joinPieces(pieces, 1);
  }

  async finish(): Promise<StemPieces> {
    const total = this.#held.end;
    const { hop, segmentWindows, contextWindows } = this.#contract;
    const windows = total === 0 ? 0 : Math.floor(total / hop) + 1;
    const step = segmentWindows - 2 * contextWindows;
    const pieces: StemPieces[] = [];
    while (this.#windowsDone < windows) {
      const end = Math.min(windows, this.#windowsDone + step + contextWindows);
      for (let next = this.#analysedFrom + this.#analysed.length; next < end; next++)
        this.#analyse(next, total);
      pieces.push(await this.#mask(Math.min(step, windows - this.#windowsDone), end, total));
    }
    return joinPieces(pieces, 1);
  }

  /** Takes the spectra of window `index`; `total` is the song's length, null while it is not known. */
  #analyse(index: number, total: number | null): void {
    const { window, bassWindow, bassBins, hop } = this.#contract;
    const { start, channels } = this.#held.view();
    const [mid, side] = channels;
    const frames = total ?? Infinity;
    const first = index * hop - window / 2;
    const isInside = first >= 0 && first + window <= frames;
    for (let at = 0; at < window; at++) {
      const place = (isInside ? first + at : mirrored(first + at, total)) - start;
      const weight = this.#window[at]!;
      this.#time[2 * at] = mid[place]! * weight;
      this.#time[2 * at + 1] = side[place]! * weight;
    }
    this.#fft.forward(this.#time, this.#spectrum);
    // Of the bass window only its last hop is new, but for the first window of all.
    for (let hops = Math.max(1, this.#bass.missing); hops > 0; hops--) {
      const from = index * hop + bassWindow / 2 - hops * hop;
      for (let at = 0; at < hop; at++) this.#bassHop[at] = mid[mirrored(from + at, total) - start]!;
      this.#bass.push(this.#bassHop);
    }
    const bass = new Float32Array(bassBins);
    this.#bass.powers(this.#gain ** 2, bass);
    this.#analysed.push({ spectrum: new Float32Array(this.#spectrum), power: this.#powers(), bass });
    this.#held.dropBefore((index + 1) * hop - bassWindow / 2 - hop);
  }

  /** Powers of mid and side out of their common transform. */
  #powers(): Float32Array {
    const { window } = this.#contract;
    const spectrum = this.#spectrum;
    const powers = new Float32Array(2 * this.#bins);
    const scale = this.#gain ** 2 / 4;
    for (let bin = 0; bin < this.#bins; bin++) {
      const mirror = 2 * ((window - bin) % window);
      const re = spectrum[2 * bin]!;
      const im = spectrum[2 * bin + 1]!;
      const mirrorRe = spectrum[mirror]!;
      const mirrorIm = spectrum[mirror + 1]!;
      powers[bin] = scale * ((re + mirrorRe) ** 2 + (im - mirrorIm) ** 2);
      powers[this.#bins + bin] = scale * ((im + mirrorIm) ** 2 + (mirrorRe - re) ** 2);
    }
    return powers;
  }

  /** Masks the next `count` windows, having shown the model all analysed ones before `end`, and gives what is done. */
  async #mask(count: number, end: number, total: number | null): Promise<StemPieces> {
    const bins = this.#bins;
    const { bassBins, contextWindows, hop } = this.#contract;
    const shown = end - this.#analysedFrom;
    const power = { data: new Float32Array(2 * shown * bins), dims: [1, 2, shown, bins] };
    const bass = { data: new Float32Array(shown * bassBins), dims: [1, shown, bassBins] };
    for (let at = 0; at < shown; at++) {
      const analysed = this.#analysed[at]!;
      power.data.set(analysed.power.subarray(0, bins), at * bins);
      power.data.set(analysed.power.subarray(bins), (shown + at) * bins);
      bass.data.set(analysed.bass, at * bassBins);
    }
    const { data: mask } = await this.#findMask(power, bass);
    const before = this.#windowsDone - this.#analysedFrom;
    const pieces: StemPieces[] = [];
    for (let at = before; at < before + count; at++) {
      const mid = mask.subarray(at * bins, (at + 1) * bins);
      const side = mask.subarray((shown + at) * bins, (shown + at + 1) * bins);
      this.#overlapAdd(this.#analysed[at]!.spectrum, mid, side);
      pieces.push(this.#emit(hop, total));
    }
    this.#windowsDone += count;
    const rest = (total ?? 0) - this.#base;
    if (total !== null && this.#windowsDone * hop > total && rest > 0) pieces.push(this.#emit(rest, total));
    const spent = Math.max(0, this.#windowsDone - contextWindows - this.#analysedFrom);
    this.#analysed.splice(0, spent);
    this.#analysedFrom += spent;
    return joinPieces(pieces, 1);
  }

  /** Adds a window, whose first frame is the first of the sums. */
  #overlapAdd(transform: Float32Array, midMask: Float32Array, sideMask: Float32Array): void {
    const { window } = this.#contract;
    const spectrum = this.#spectrum;
    for (let bin = 0; bin < this.#bins; bin++) {
      const mirror = 2 * ((window - bin) % window);
      const re = transform[2 * bin]!;
      const im = transform[2 * bin + 1]!;
      const mirrorRe = transform[mirror]!;
      const mirrorIm = transform[mirror + 1]!;
      // The masks are real, so mid and side come apart as half the sum of their gains and half the difference.
      const sum = (midMask[bin]! + sideMask[bin]!) / 2;
      const difference = (midMask[bin]! - sideMask[bin]!) / 2;
      spectrum[2 * bin] = sum * re + difference * mirrorRe;
      spectrum[2 * bin + 1] = sum * im - difference * mirrorIm;
      spectrum[mirror] = sum * mirrorRe + difference * re;
      spectrum[mirror + 1] = sum * mirrorIm - difference * im;
    }
    this.#fft.inverse(spectrum, this.#time);
    const [midSum, sideSum] = this.#sums;
    for (let at = 0; at < window; at++) {
      const weight = this.#window[at]!;
      midSum[at]! += this.#time[2 * at]! * weight;
      sideSum[at]! += this.#time[2 * at + 1]! * weight;
      this.#envelope[at]! += weight * weight;
    }
  }

  /** Takes `count` frames off the sums; those before and after the song are let go. */
  #emit(count: number, total: number | null): StemPieces {
    const from = Math.min(count, Math.max(0, -this.#base));
    const to = Math.max(from, Math.min(count, (total ?? Infinity) - this.#base));
    const left = new Float32Array(to - from);
    const right = new Float32Array(to - from);
    const [midSum, sideSum] = this.#sums;
    for (let at = from; at < to; at++) {
      const scale = 1 / this.#envelope[at]!;
      const mid = midSum[at]! * scale;
      const side = sideSum[at]! * scale;
      left[at - from] = mid + side;
      right[at - from] = mid - side;
    }
    for (const sum of [midSum, sideSum, this.#envelope]) {
      sum.copyWithin(0, count);
      sum.fill(0, sum.length - count);
    }
    this.#base += count;
    return [[left, right]];
  }
}

/** `frame`, or the one that stands for it outside of the song, reflected at its ends. */
const mirrored = (frame: number, total: number | null): number =>
  frame >= 0 && (total === null || frame < total) ? frame : total === null ? -frame : reflected(frame, total);
