import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, renameSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compareText } from '#shared/model';
import { type FileInMaking, OutputFile, type WrittenFile } from '../storage/output-file';

/** Where the files of a layout go. */
export interface LayoutFiles {
  /** Begins a file; it is listed once it is finished. */
  open(path: string): FileInMaking;
  /** A file that takes the bytes of another one as they are. */
  same(path: string, source: string, content: Omit<WrittenFile, 'path'>): Promise<void>;
  /** Gives finished files other names. */
  rename(from: string, to: string): void;
  /** All finished files by their paths. */
  list(): readonly WrittenFile[];
}

abstract class ListedFiles implements LayoutFiles {
  readonly #listed = new Map<string, WrittenFile>();

  open(path: string): FileInMaking {
    const file = this.begin(path);
    return {
      bytes: piece => file.bytes(piece),
      text: piece => file.text(piece),
      discard: () => file.discard(),
      finish: () => {
        const written = file.finish();
        this.#listed.set(path, written);
        return written;
      },
    };
  }

  async same(path: string, source: string, content: Omit<WrittenFile, 'path'>): Promise<void> {
    await this.take(path, source);
    this.#listed.set(path, { path, ...content });
  }

  rename(from: string, to: string): void {
    const file = this.#listed.get(from);
    if (!file || from === to) return;
    this.move(from, to);
    this.#listed.delete(from);
    this.#listed.set(to, { ...file, path: to });
  }

  list(): readonly WrittenFile[] {
    return [...this.#listed.values()].sort((a, b) => compareText(a.path, b.path));
  }

  protected abstract begin(path: string): FileInMaking;
  protected abstract take(path: string, source: string): Promise<void>;
  protected abstract move(from: string, to: string): void;
}

/** Files of a folder, linked where they are those of the dataset, so that they take no room twice. */
export class FolderFiles extends ListedFiles {
  readonly #folder: string;

  constructor(folder: string) {
    super();
    this.#folder = folder;
  }

  protected override begin(path: string): FileInMaking {
    return new OutputFile(this.#folder, path);
  }

  protected override async take(path: string, source: string): Promise<void> {
    const target = join(this.#folder, path);
    mkdirSync(dirname(target), { recursive: true });
    try {
      linkSync(source, target);
    } catch {
      await copyFile(source, target);
    }
  }

  protected override move(from: string, to: string): void {
    renameSync(join(this.#folder, from), join(this.#folder, to));
  }
}

/** Files that are counted and hashed, and written nowhere. */
export class CountedFiles extends ListedFiles {
  protected override begin(path: string): FileInMaking {
    const hash = createHash('sha256');
    let bytes = 0;
    const take = (piece: Uint8Array): void => {
      hash.update(piece);
      bytes += piece.length;
    };
    return {
      bytes: take,
      text: piece => take(Buffer.from(piece, 'utf8')),
      finish: () => ({ path, bytes, sha256: hash.digest('hex') }),
      discard: () => undefined,
    };
  }

  protected override take(): Promise<void> {
    return Promise.resolve();
  }

  protected override move(): void {
    // Nothing is there.
  }
}
