import { join } from 'node:path';
import { PeakPairs } from '#shared/dsp';
import type { StemKind } from '#shared/model';
import { createWavWriter, type WavFile, type WavWriter, writePeaks } from '#main/platform';

/** What a mix is parted into; `residual` is what is left of it without its drums. */
export type PartKind = Exclude<StemKind, 'mix'>;

interface StemFile {
  readonly kind: PartKind;
  readonly writer: WavWriter;
  readonly peaks: PeakPairs;
}

/** Writes stems of one song side by side, piece by piece, with the overview of each: all of them or none. */
export class StemFiles {
  readonly #folder: string;
  readonly #sampleRate: number;
  readonly #files: readonly StemFile[];

  private constructor(folder: string, sampleRate: number, files: readonly StemFile[]) {
    this.#folder = folder;
    this.#sampleRate = sampleRate;
    this.#files = files;
  }

  static async create(
    folder: string,
    { sampleRate, channelCount, frames }: WavFile,
    kinds: readonly PartKind[],
  ): Promise<StemFiles> {
    const options = { sampleRate, channelCount, format: '32f', expectedFrames: frames } as const;
    const files: StemFile[] = [];
    const made = new StemFiles(folder, sampleRate, files);
    try {
      for (const kind of kinds) {
        const writer = await createWavWriter(join(folder, `${kind}.wav`), options);
        files.push({ kind, writer, peaks: new PeakPairs() });
      }
    } catch (error) {
      await made.discard();
      throw error;
    }
    return made;
  }

  async write(piece: Readonly<Partial<Record<PartKind, readonly Float32Array[]>>>): Promise<void> {
    for (const { kind, writer, peaks } of this.#files) {
      const channels = piece[kind] ?? [];
      peaks.push(channels);
      await writer.write({ sampleRate: this.#sampleRate, channels });
    }
  }

  /** Answers the files by the names that other stages ask for them: `drums`, `drumsPeaks`... */
  async finish(): Promise<Record<string, string>> {
    const names: Record<string, string> = {};
    for (const { kind, writer, peaks } of this.#files) {
      await writer.finish();
      await writePeaks(join(this.#folder, `${kind}.peaks`), peaks.finish());
      names[kind] = `${kind}.wav`;
      names[`${kind}Peaks`] = `${kind}.peaks`;
    }
    return names;
  }

  async discard(): Promise<void> {
    for (const { writer } of this.#files) await writer.discard();
  }
}
