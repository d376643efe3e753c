/** Bits in a row, the most significant first, as FLAC writes them. */
export class BitWriter {
  #bytes = new Uint8Array(64 * 1024);
  #length = 0;
  #held = 0;
  #heldBits = 0;

  /** The lowest `bits` (0..32) bits of `value`, an integer of either sign. */
  write(value: number, bits: number): void {
    if (bits > 24) {
      this.write(Math.floor(value / 65_536), bits - 16);
      this.write(value, 16);
      return;
    }
    this.#held = (this.#held << bits) | (value & ((1 << bits) - 1));
    this.#heldBits += bits;
    while (this.#heldBits >= 8) {
      this.#heldBits -= 8;
      this.#push((this.#held >>> this.#heldBits) & 0xff);
    }
    this.#held &= (1 << this.#heldBits) - 1;
  }

  /** `count` zeros, then a one. */
  unary(count: number): void {
    let left = count;
    for (; left >= 16; left -= 16) this.write(0, 16);
    this.write(1, left + 1);
  }

  /** Rice codes of `values[from]` up to `values[to - 1]`: what is above `parameter` bits in unary, then those bits. */
  rice(values: Uint32Array, from: number, to: number, parameter: number): void {
    const one = 2 ** parameter;
    for (let index = from; index < to; index++) {
      const value = values[index]!;
      const high = value >>> parameter;
      const bits = high + 1 + parameter;
      if (bits > 24) {
        this.unary(high);
        this.write(value % one, parameter);
        continue;
      }
      // As `write`, with its bits known to fit.
      let held = (this.#held << bits) | one | (value & (one - 1));
      let heldBits = this.#heldBits + bits;
      if (this.#length + 4 > this.#bytes.length) this.#grow();
      while (heldBits >= 8) {
        heldBits -= 8;
        this.#bytes[this.#length++] = held >>> heldBits;
      }
      held &= (1 << heldBits) - 1;
      this.#held = held;
      this.#heldBits = heldBits;
    }
  }

  /** Zeros up to the next whole byte. */
  align(): void {
    if (this.#heldBits > 0) this.write(0, 8 - this.#heldBits);
  }

  /** The whole bytes so far; good until the next `write` or `clear`. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
    this.#held = 0;
    this.#heldBits = 0;
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) this.#grow();
    this.#bytes[this.#length++] = byte;
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
