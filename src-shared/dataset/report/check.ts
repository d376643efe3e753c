import type { Check } from './report';

/** What a check is, before anything was looked at. */
export type CheckFacts = Pick<Check, 'name' | 'title' | 'group'>;

const MOST_EXAMPLES = 5;

/** `4 312`, with a space that does not break. */
export const grouped = (count: number): string =>
  String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, '\u202F');

/** Without the zero before the point: `.08`, `1.25`, `-.05`. */
export const short = (value: number, digits = 2): string => value.toFixed(digits).replace(/^(-?)0\./, '$1.');

export const checkOf = (
  facts: CheckFacts,
  state: Check['state'],
  found: string,
  wanted: string,
  examples: readonly string[] = [],
): Check => ({ ...facts, state, found, wanted, examples: examples.slice(0, MOST_EXAMPLES) });

/** Counts what is right of many things of one kind; keeps the first few that are not. */
export class Tally {
  readonly #facts: CheckFacts;
  readonly #examples: string[] = [];
  #seen = 0;
  #right = 0;

  constructor(facts: CheckFacts) {
    this.#facts = facts;
  }

  see(isRight: boolean, example: () => string): void {
    this.#seen++;
    if (isRight) this.#right++;
    else if (this.#examples.length < MOST_EXAMPLES) this.#examples.push(example());
  }

  get wrong(): number {
    return this.#seen - this.#right;
  }

  /** `what`: "strokes". */
  check(what: string): Check {
    if (this.#seen === 0) return checkOf(this.#facts, 'skipped', `no ${what}`, 'all');
    const state = this.wrong === 0 ? 'passed' : 'failed';
    return checkOf(
      this.#facts,
      state,
      `${grouped(this.#right)} of ${grouped(this.#seen)} ${what}`,
      'all',
      this.#examples,
    );
  }
}
