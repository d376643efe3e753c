/** Little-endian bytes that grow, with the chunks of RIFF. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  #room(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }

  u8(value: number): this {
    const at = this.#room(1);
    this.#view.setUint8(at, value);
    return this;
  }

  u16(value: number): this {
    const at = this.#room(2);
    this.#view.setUint16(at, value, true);
    return this;
  }

  u32(value: number): this {
    const at = this.#room(4);
    this.#view.setUint32(at, value, true);
    return this;
  }

  bytes(bytes: Uint8Array): this {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  zeros(count: number): this {
    this.#room(count);
    return this;
  }

  tag(name: string): this {
    return this.bytes(Uint8Array.from(name, character => character.charCodeAt(0)));
  }

  /** ASCII in `size` bytes, the last always 0. */
  name(text: string, size: number): this {
    const plain = text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^\x20-\x7E]/g, '-')
      .slice(0, size - 1);
    return this.tag(plain).zeros(size - plain.length);
  }

  chunk(tag: string, content: Uint8Array): this {
    return this.tag(tag)
      .u32(content.length)
      .bytes(content)
      .zeros(content.length % 2);
  }

  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** As `done`, for a list whose size stands at byte 4. */
  sized(): Uint8Array {
    this.#view.setUint32(4, this.#length - 8, true);
    return this.done();
  }
}

/** A chunk within bytes: where its content lies. */
export interface RiffChunk {
  readonly tag: string;
  readonly start: number;
  readonly bytes: number;
}

const tagAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

/** The chunks that follow each other in `bytes`; null when one reaches over its end. */
export function chunksIn(bytes: Uint8Array, from = 0): readonly RiffChunk[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: RiffChunk[] = [];
  let at = from;
  while (at + 8 <= bytes.length) {
    const size = view.getUint32(at + 4, true);
    if (at + 8 + size > bytes.length) return null;
    chunks.push({ tag: tagAt(bytes, at), start: at + 8, bytes: size });
    at += 8 + size + (size % 2);
  }
  return chunks;
}

/** UTF-8 by way of URIs: shared code has no `TextEncoder`. Halves of surrogate pairs become a question mark. */
export const utf8Bytes = (text: string): Uint8Array =>
  Uint8Array.from(
    encodeURIComponent(text.replace(/\p{Cs}/gu, '?')).matchAll(/%([0-9A-F]{2})|([^%])/g),
    ([, byte, plain = '']) => (byte === undefined ? plain.charCodeAt(0) : Number.parseInt(byte, 16)),
  );

/** Text up to the first 0: UTF-8 where it is that, else Latin 1. */
export function textOfBytes(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const own = end < 0 ? bytes : bytes.subarray(0, end);
  const latin = Array.from(own, byte => String.fromCharCode(byte)).join('');
  try {
    return decodeURIComponent(
      latin.replace(/[%\x80-\xFF]/g, sign => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`),
    );
  } catch {
    return latin;
  }
}
