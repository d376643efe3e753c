import type { LibraryReading } from '#main/library';
import { BUNDLED_EAR, EAR_SETTING, EarChoiceSchema, importedEarId, modelOfEar } from '#shared/model';
import { openSoundLibrary, SearchableBook, SoundIndex, type SoundLibrary } from '#shared/search';

/** An index with this much that no hit refers to any more is made anew. */
const MOST_LEFT_OVER = 0.25;

/** The library as it was at one moment, ready to be searched, and how to bring it up to date. */
export class HeardLibrary {
  readonly #reading: LibraryReading;
  #ear = '';
  #index: SoundIndex | null = null;
  /** `EAR_MEASURES` of each slot. */
  #measured = new Float32Array(0);
  #slotOfAudio = new Map<string, number>();
  #last = 0;
  #sounds: SoundLibrary | null = null;
  #version = -1;

  constructor(reading: LibraryReading) {
    this.#reading = reading;
  }

  /** The ear whose vectors are searched; '' while nothing has been heard. */
  get ear(): string {
    return this.#ear;
  }

  /** null until it was read for the first time. */
  get sounds(): SoundLibrary | null {
    return this.#sounds;
  }

  async isCurrent(): Promise<boolean> {
    return this.#version === (await this.#reading.hitBook.version());
  }

  /** Reads what has changed: sounds that are new, and the columns of all hits. */
  async refresh(): Promise<void> {
    const book = await this.#reading.hitBook.read();
    const chosen = EarChoiceSchema.safeParse(await this.#reading.settings.one(EAR_SETTING));
    const own = chosen.success ? modelOfEar(chosen.data) : null;
    const ears = await this.#reading.sounds.ears();
    // The ear that the user chose, once it has heard something; else the one that has heard most.
    const isChosen = (ear: string): boolean =>
      own === null ? ear.startsWith(BUNDLED_EAR) : ear === importedEarId(own);
    const best = ears.find(({ ear }) => isChosen(ear)) ?? ears[0];
    const ear = best?.ear ?? '';
    const isOld = this.#index !== null && this.#index.count * (1 - MOST_LEFT_OVER) > (best?.sounds ?? 0);
    if (ear !== this.#ear || isOld) this.#forget(ear);
    const heard = await this.#reading.sounds.since(ear, this.#last);
    if (heard.audio.length > 0) {
      this.#index ??= new SoundIndex(heard.size);
      const first = this.#index.count;
      this.#index.append(heard.vectors);
      this.#measured = joined(this.#measured, heard.earMeasures);
      for (const [at, audio] of heard.audio.entries()) this.#slotOfAudio.set(audio, first + at);
      this.#last = heard.last;
    }
    const slots = Int32Array.from(book.audio, audio => this.#slotOfAudio.get(audio) ?? -1);
    this.#sounds = openSoundLibrary({
      book: new SearchableBook(book),
      index: this.#index ?? new SoundIndex(1),
      slots,
      measured: this.#measured,
    });
    this.#version = book.version;
  }

  #forget(ear: string): void {
    this.#ear = ear;
    this.#index = null;
    this.#measured = new Float32Array(0);
    this.#slotOfAudio = new Map();
    this.#last = 0;
  }
}

function joined(first: Float32Array, second: Float32Array): Float32Array<ArrayBuffer> {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
