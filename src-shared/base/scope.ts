/** Owns everything that must be undone: listeners, timers, files. `close` undoes in reverse order, once. */
export class Scope {
  #undo: (() => void)[] = [];
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  /** Registers an undo; runs it at once when the scope is closed already. */
  add(undo: () => void): void {
    if (this.#closed) undo();
    else this.#undo.push(undo);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const undo of this.#undo.toReversed()) undo();
    this.#undo = [];
  }
}
