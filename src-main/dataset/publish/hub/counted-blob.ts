/** A blob that tells how many of its bytes were taken. Its size is known, so that it is sent with a length and not in chunks, as stores ask. */
export class CountedBlob extends Blob {
  override readonly size: number;
  override readonly type: string;
  readonly #blob: Blob;
  readonly #onBytes: (bytes: number) => void;

  constructor(blob: Blob, onBytes: (bytes: number) => void) {
    super([]);
    this.size = blob.size;
    this.type = blob.type;
    this.#blob = blob;
    this.#onBytes = onBytes;
  }

  override stream(): ReturnType<Blob['stream']> {
    const onBytes = this.#onBytes;
    return this.#blob.stream().pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(piece, controller) {
          onBytes(piece.length);
          controller.enqueue(piece);
        },
      }),
    );
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#blob.arrayBuffer();
  }

  override slice(start?: number, end?: number, type?: string): Blob {
    return this.#blob.slice(start, end, type);
  }
}
