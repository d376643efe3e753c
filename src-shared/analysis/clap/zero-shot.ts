import { z } from 'zod';
import {
  type Instrument,
  INSTRUMENTS,
  InstrumentSchema,
  type Role,
  ROLES_IN_ORDER,
  type RoleScores,
} from '../../model';
import { descriptionsOf, type Prompts, promptsOfRole, textsOf } from './prompts';

const chance = z.number().min(0).max(1);

/** What an audio-text model makes of a hit. */
export const HeardSchema = z.object({
  roles: z.object(
    Object.fromEntries(ROLES_IN_ORDER.map(role => [role, chance])) as Record<Role, typeof chance>,
  ),
  instruments: z.partialRecord(InstrumentSchema, chance),
  /** The words that describe it best, and the cosine of their vector and its own. */
  description: z.object({ text: z.string(), likeness: z.number() }),
});
export type Heard = z.infer<typeof HeardSchema>;

/** Rows of `size` numbers, one for each of `textsOf(prompts)`. */
interface ReadPrompts {
  readonly prompts: Prompts;
  readonly vectors: Float32Array;
  readonly size: number;
}

/** Judges vectors of sounds by prompts alone: an instrument is as likely as all its prompts together, a role as its nearest prompt. */
export class PromptListener {
  readonly #prompts: Prompts;
  readonly #vectors: Float32Array;
  readonly #size: number;
  readonly #rows: ReadonlyMap<string, number>;

  constructor({ prompts, vectors, size }: ReadPrompts) {
    this.#prompts = prompts;
    this.#vectors = vectors;
    this.#size = size;
    this.#rows = new Map(textsOf(prompts).map((text, row) => [text, row]));
  }

  /** @param own what the model's own classifier says of the sound, where it has one */
  hear(sound: Float32Array, own: Readonly<Partial<Record<Instrument, number>>> | null): Heard {
    const prompts = this.#prompts;
    const byPrompt = this.#chances(INSTRUMENTS, name => this.#together(sound, prompts.instruments[name]));
    const instruments = own ? meanOf(byPrompt, own) : byPrompt;
    const roles = this.#chances(ROLES_IN_ORDER, role =>
      this.#nearestOf(sound, promptsOfRole(prompts, role)),
    ) as RoleScores;
    const [best] = (Object.entries(instruments) as [Instrument, number][]).sort((a, b) => b[1] - a[1]);
    const [text, likeness] = this.#nearest(sound, descriptionsOf(prompts, best?.[0] ?? 'fx'));
    return { roles, instruments, description: { text, likeness } };
  }

  #nearest(sound: Float32Array, texts: readonly string[]): [string, number] {
    let best: [string, number] = ['', -1];
    for (const text of texts) {
      const likeness = this.#likeness(sound, this.#rows.get(text) ?? 0);
      if (likeness > best[1]) best = [text, likeness];
    }
    return best;
  }

  #likeness(sound: Float32Array, row: number): number {
    const at = row * this.#size;
    let sum = 0;
    for (let index = 0; index < this.#size; index++) sum += sound[index]! * this.#vectors[at + index]!;
    return sum;
  }

  /** Logarithm of the sum of what each prompt is worth: one instrument is many things, and several of its prompts may be near. */
  #together(sound: Float32Array, texts: readonly string[]): number {
    const worths = texts.map(
      text => this.#likeness(sound, this.#rows.get(text) ?? 0) / this.#prompts.temperature,
    );
    const most = Math.max(...worths);
    return most + Math.log(worths.reduce((sum, worth) => sum + Math.exp(worth - most), 0));
  }

  #nearestOf(sound: Float32Array, texts: readonly string[]): number {
    return this.#nearest(sound, texts)[1] / this.#prompts.temperature;
  }

  /** Softmax over logarithms; names without a prompt (-Infinity, NaN) are left out. */
  #chances<Name extends string>(
    names: readonly Name[],
    worthOf: (name: Name) => number,
  ): Partial<Record<Name, number>> {
    const worths = names
      .map(name => ({ name, worth: worthOf(name) }))
      .filter(({ worth }) => Number.isFinite(worth));
    const most = Math.max(...worths.map(({ worth }) => worth));
    const powers = worths.map(({ name, worth }) => ({ name, power: Math.exp(worth - most) }));
    const sum = powers.reduce((total, { power }) => total + power, 0);
    return Object.fromEntries(powers.map(({ name, power }) => [name, power / sum])) as Partial<
      Record<Name, number>
    >;
  }
}

type Chances = Readonly<Partial<Record<Instrument, number>>>;

/** Prompts and classifier are wrong about different hits: the mean of both. */
const meanOf = (byPrompt: Chances, own: Chances): Chances =>
  Object.fromEntries(
    INSTRUMENTS.filter(name => byPrompt[name] !== undefined || own[name] !== undefined).map(name => [
      name,
      ((byPrompt[name] ?? 0) + (own[name] ?? 0)) / 2,
    ]),
  );
