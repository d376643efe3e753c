/**
 * Seeded random numbers that fork by name: `random.fork('velocity', 3)` always gives the same stream, whatever
 * was drawn elsewhere. Each stream is SplitMix-style: a 64-bit counter through a mixing function (Steele et al. 2014,
 * as two 32-bit halves mixed by Murmur3's finaliser).
 */
export class Random {
  readonly #key: number;
  #counter = 0;
  #spare: number | undefined;

  private constructor(key: number) {
    this.#key = key;
  }

  static ofSeed(seed: number | string): Random {
    return new Random(hashText(`seed:${seed}`));
  }

  /** An independent stream named by `names`; does not advance this one. */
  fork(...names: readonly (string | number)[]): Random {
    return new Random(hashText(names.join('\u0000'), this.#key));
  }

  #word(): number {
    this.#counter = (this.#counter + 1) >>> 0;
    return mix((mix(this.#key ^ Math.imul(this.#counter, 0x9e3779b9)) + this.#key) >>> 0);
  }

  /** Uniform in [0, 1), 53 bits. */
  unit(): number {
    const high = this.#word() >>> 5;
    const low = this.#word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }

  /** Uniform integer in [0, count). */
  below(count: number): number {
    return Math.floor(this.unit() * count);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** Normal deviate (Box-Muller). */
  normal(mean = 0, deviation = 1): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return mean + deviation * spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()));
    const angle = 2 * Math.PI * this.unit();
    this.#spare = radius * Math.sin(angle);
    return mean + deviation * radius * Math.cos(angle);
  }

  /** One of `items`, which must not be empty. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('pick from an empty list');
    return item;
  }

  /** Index drawn with probability proportional to `weights` (>= 0, sum > 0). */
  weighted(weights: readonly number[]): number {
    let left = this.unit() * weights.reduce((sum, weight) => sum + weight, 0);
    for (let index = 0; index < weights.length; index++) {
      left -= weights[index] ?? 0;
      if (left < 0) return index;
    }
    return weights.length - 1;
  }

  /** A shuffled copy (Fisher-Yates). */
  shuffled<Item>(items: readonly Item[]): Item[] {
    const copy = [...items];
    for (let last = copy.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [copy[last], copy[other]] = [copy[other] as Item, copy[last] as Item];
    }
    return copy;
  }
}

/** Murmur3's 32-bit finaliser. */
function mix(word: number): number {
  let h = word >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** 32-bit hash of `text` (FNV-1a over UTF-16 code units, finalised), not for security. */
export function hashText(text: string, start = 0x811c9dc5): number {
  let h = start >>> 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    h = Math.imul(h ^ (unit & 0xff), 0x01000193);
    h = Math.imul(h ^ (unit >>> 8), 0x01000193);
  }
  return mix(h ^ text.length);
}
