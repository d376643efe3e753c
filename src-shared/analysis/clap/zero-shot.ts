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

/** Judges vectors of sounds by prompts alone: a class is as likely as its nearest prompt. */
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
    const byPrompt = this.#chances(sound, INSTRUMENTS, name => prompts.instruments[name]);
    const instruments = own ? meanOf(byPrompt, own) : byPrompt;
    const roles = this.#chances(sound, ROLES_IN_ORDER, role => promptsOfRole(prompts, role)) as RoleScores;
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

  /** Softmax over the nearest prompts; names without a prompt are left out. */
  #chances<Name extends string>(
    sound: Float32Array,
    names: readonly Name[],
    promptsOf: (name: Name) => readonly string[],
  ): Partial<Record<Name, number>> {
    const asked = names.filter(name => promptsOf(name).length > 0);
    const near = asked.map(name => this.#nearest(sound, promptsOf(name))[1] / this.#prompts.temperature);
    const most = Math.max(...near);
    const powers = near.map(value => Math.exp(value - most));
    const sum = powers.reduce((total, value) => total + value, 0);
    return Object.fromEntries(asked.map((name, index) => [name, (powers[index] ?? 0) / sum])) as Partial<
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
