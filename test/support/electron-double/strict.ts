/** What a double does not offer must fail loudly: a missing property that reads as undefined hides a hole in the test. */
export function strict<Thing extends object>(name: string, thing: Thing): Thing {
  return new Proxy(thing, {
    get(target, key) {
      // Looked up by `await` and by printing on anything; their absence is normal.
      if (typeof key === 'symbol' || key === 'then' || key === 'toJSON') return Reflect.get(target, key);
      if (!(key in target)) throw new Error(`electron double: ${name}.${key} is not offered`);
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set(_target, key) {
      throw new Error(`electron double: ${name}.${String(key)} was assigned to`);
    },
  });
}

/** Throws when `options` has a key that the double does not know. */
export function onlyKnown(name: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) throw new Error(`electron double: ${name} does not know the option ${key}`);
  }
}

type Listener = (...args: never[]) => void;

/** An event emitter that knows which events there are. */
export class Events {
  readonly #name: string;
  readonly #known: readonly string[];
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(name: string, known: readonly string[]) {
    this.#name = name;
    this.#known = known;
  }

  on(event: string, listener: Listener): this {
    if (!this.#known.includes(event)) throw new Error(`electron double: ${this.#name} has no event ${event}`);
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return this;
  }

  once(event: string, listener: Listener): this {
    const once = (...args: never[]): void => {
      this.off(event, once);
      listener(...args);
    };
    return this.on(event, once);
  }

  off(event: string, listener: Listener): this {
    this.#listeners.get(event)?.delete(listener);
    return this;
  }

  emit(event: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...(args as never[]));
  }
}
