import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failed, failureOfError, temporaryBeside } from '#main/platform';

/** A file of the dataset, as its manifest names it. */
export interface WrittenFile {
  /** From the folder of the dataset. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A file that is written in pieces, and is there once it is finished, or never. */
export interface FileInMaking {
  bytes(piece: Uint8Array): void;
  text(piece: string): void;
  finish(): WrittenFile;
  /** Gives up; nothing is left. Does nothing after `finish`. */
  discard(): void;
}

const BUFFER_BYTES = 1 << 18;

/** A file in the making: written in pieces, hashed on the way, there under its name at `finish` or not at all. Throws `Failed`. */
export class OutputFile implements FileInMaking {
  readonly #name: string;
  readonly #path: string;
  readonly #temporary: string;
  readonly #hash = createHash('sha256');
  readonly #descriptor: number;
  readonly #text: string[] = [];
  #textLength = 0;
  #bytes = 0;
  #isOpen = true;

  constructor(folder: string, name: string) {
    this.#name = name;
    this.#path = join(folder, name);
    this.#temporary = temporaryBeside(this.#path);
    this.#descriptor = this.#onDisk(() => {
      mkdirSync(dirname(this.#path), { recursive: true });
      return openSync(this.#temporary, 'wx');
    });
  }

  bytes(piece: Uint8Array): void {
    this.#hash.update(piece);
    this.#bytes += piece.length;
    this.#onDisk(() => {
      for (let at = 0; at < piece.length; ) at += writeSync(this.#descriptor, piece, at);
    });
  }

  text(piece: string): void {
    this.#text.push(piece);
    this.#textLength += piece.length;
    if (this.#textLength >= BUFFER_BYTES) this.#writeText();
  }

  finish(): WrittenFile {
    this.#writeText();
    this.#onDisk(() => {
      fsyncSync(this.#descriptor);
      this.#close();
      renameSync(this.#temporary, this.#path);
    });
    return { path: this.#name, bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }

  discard(): void {
    if (!this.#isOpen) return;
    this.#close();
    rmSync(this.#temporary, { force: true });
  }

  #close(): void {
    this.#isOpen = false;
    closeSync(this.#descriptor);
  }

  #writeText(): void {
    this.bytes(Buffer.from(this.#text.join(''), 'utf8'));
    this.#text.length = 0;
    this.#textLength = 0;
  }

  #onDisk<Value>(work: () => Value): Value {
    try {
      return work();
    } catch (error) {
      throw new Failed(failureOfError(error, this.#path, { neededBytes: this.#bytes }));
    }
  }
}
