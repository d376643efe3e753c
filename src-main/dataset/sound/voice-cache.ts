/** Voices in memory up to so many frames in all; those that were not asked for the longest go first. */
export class VoiceCache {
  readonly #mostFrames: number;
  /** In the order of their last use. */
  readonly #voices = new Map<string, Float32Array>();
  #frames = 0;

  constructor(mostFrames: number) {
    this.#mostFrames = mostFrames;
  }

  get(name: string, render: () => Float32Array): Float32Array {
    const known = this.#voices.get(name);
    this.#voices.delete(name);
    const voice = known ?? render();
    this.#voices.set(name, voice);
    if (known) return voice;
    this.#frames += voice.length;
    for (const [oldest, { length }] of this.#voices) {
      if (this.#frames <= this.#mostFrames || oldest === name) break;
      this.#voices.delete(oldest);
      this.#frames -= length;
    }
    return voice;
  }
}
