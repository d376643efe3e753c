import type { FileInMaking, WrittenFile } from '../storage/output-file';

const BLOCK_BYTES = 512;
const NAME_BYTES = 100;

/** A TAR archive in the making (POSIX ustar). Nothing in it tells when, where or by whom it was written: the same entries are the same bytes. */
export class TarFile {
  readonly #file: FileInMaking;
  #bytes = 0;

  constructor(file: FileInMaking) {
    this.#file = file;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(name: string, content: Uint8Array): void {
    // Longer names stand in an entry of their own before it (POSIX.1-2001).
    if (Buffer.byteLength(name) > NAME_BYTES) this.#entry('pax', 'x', paxRecord('path', name));
    this.#entry(name, '0', content);
  }

  /** Two empty blocks are the end. */
  finish(): WrittenFile {
    this.#put(new Uint8Array(2 * BLOCK_BYTES));
    return this.#file.finish();
  }

  discard(): void {
    this.#file.discard();
  }

  #entry(name: string, type: '0' | 'x', content: Uint8Array): void {
    this.#put(headerOf(name, type, content.length));
    this.#put(content);
    const rest = content.length % BLOCK_BYTES;
    if (rest > 0) this.#put(new Uint8Array(BLOCK_BYTES - rest));
  }

  #put(piece: Uint8Array): void {
    this.#file.bytes(piece);
    this.#bytes += piece.length;
  }
}

/** Bytes that an entry takes. */
export const tarEntryBytes = (length: number): number =>
  BLOCK_BYTES + Math.ceil(length / BLOCK_BYTES) * BLOCK_BYTES;

/** `length key=value\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): Uint8Array {
  const rest = ` ${key}=${value}\n`;
  const size = Buffer.byteLength(rest);
  let length = size + String(size).length;
  if (String(length).length > String(size).length) length = size + String(length).length;
  return Buffer.from(`${length}${rest}`, 'utf8');
}

/** Offsets and lengths as POSIX.1-1988 has them. */
function headerOf(name: string, type: '0' | 'x', length: number): Uint8Array {
  const header = Buffer.alloc(BLOCK_BYTES);
  const octal = (value: number, at: number, width: number): void => {
    header.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1');
  };
  header.write(name, 0, NAME_BYTES, 'utf8');
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(length, 124, 12);
  octal(0, 136, 12);
  header.write(type, 156, 'latin1');
  header.write('ustar\0', 257, 'latin1');
  header.write('00', 263, 'latin1');
  octal(0, 329, 8);
  octal(0, 337, 8);
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}
