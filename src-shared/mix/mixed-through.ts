import { Delay, Mixer, type MixerSettings } from '../mixer';
import { type Mix, PLAIN_BUS, type PlanarAudio, type Role, ROLES_IN_ORDER } from '../model';
import { type MixBlock, onStemGrid, sumOfStems } from './offline';

/** Whether a role sounds: it is not muted, and soloed if any role is. */
export const isHeard = ({ buses }: Mix, role: Role): boolean =>
  !buses[role]?.muted &&
  (buses[role]?.soloed === true || ROLES_IN_ORDER.every(other => !buses[other]?.soloed));

/** What the mixer is set to for inputs of `roles`. */
export const mixerSettings = (mix: Mix, roles: readonly Role[]): MixerSettings => ({
  strips: roles.map(role => ({ bus: mix.buses[role] ?? PLAIN_BUS, isHeard: isHeard(mix, role) })),
  master: mix.master,
});

export interface ThroughOptions {
  readonly sampleRate: number;
  /** Whether the stems pass the master too and sum to the mix; otherwise they sum to what goes into the master. */
  readonly masterStems?: boolean;
}

/**
 * What `mix` makes of stems: each through its role's strip, the mix through the master, whose gain curve its stems share. As long as what came
 * in, and in time with it. Roles that are not heard leave no stem. Stems at rest in a plain mix keep every bit.
 */
export function* mixedThrough(
  blocks: Iterable<MixBlock>,
  mix: Mix,
  options: ThroughOptions,
): Generator<MixBlock> {
  let passage: Passage | undefined;
  for (const block of blocks) {
    passage ??= new Passage([...block.stems.keys()], mix, options);
    const passed = passage.pass(block, block.mix.channels[0]?.length ?? 0);
    if (passed) yield passed;
  }
  const rest = passage?.finish();
  if (rest) yield rest;
}

/** The mixer as it renders: a stem for each role, the mixer's delay taken off. */
class Passage {
  readonly #roles: readonly Role[];
  readonly #sampleRate: number;
  readonly #masterStems: boolean;
  readonly #mixer: Mixer;
  readonly #delays: readonly (readonly [Delay, Delay])[];
  /** Frames that are still to be left out: silence from before the first. */
  #late: number;

  constructor(roles: readonly Role[], mix: Mix, { sampleRate, masterStems = true }: ThroughOptions) {
    this.#roles = roles.filter(role => isHeard(mix, role));
    this.#sampleRate = sampleRate;
    this.#masterStems = masterStems;
    this.#mixer = new Mixer(sampleRate, mixerSettings(mix, this.#roles));
    const { frames } = this.#mixer.master;
    this.#delays = this.#roles.map(() => [new Delay(frames), new Delay(frames)]);
    this.#late = this.#mixer.latencyFrames;
  }

  /** The frames that `block` completes; with null those that silence completes. */
  pass(block: MixBlock | null, count: number): MixBlock | null {
    const mixer = this.#mixer;
    const sampleRate = this.#sampleRate;
    mixer.pass(
      this.#roles.map(role => {
        const [left, right] = block?.stems.get(role)?.channels ?? [];
        return left && right ? [left, right] : null;
      }),
      count,
    );
    const from = Math.min(count, this.#late);
    this.#late -= from;
    const gains = mixer.master.gains.subarray(0, count);
    const mastered = new Map<Role, PlanarAudio>();
    const dry = new Map<Role, PlanarAudio>();
    for (const [index, role] of this.#roles.entries()) {
      const strip = mixer.strips[index];
      const delays = this.#delays[index];
      if (!strip || !delays) continue;
      const channels = [strip.left, strip.right].map((samples, side) => {
        delays[side]?.pass(samples, count);
        return samples.subarray(from, count);
      });
      mastered.set(role, {
        sampleRate,
        channels: channels.map(one => onStemGrid(one, gains.subarray(from))),
      });
      if (!this.#masterStems) dry.set(role, { sampleRate, channels: channels.map(one => onStemGrid(one)) });
    }
    if (from === count) return null;
    return {
      stems: this.#masterStems ? mastered : dry,
      mix: sumOfStems(mastered, sampleRate, count - from),
    };
  }

  finish(): MixBlock | null {
    return this.pass(null, this.#mixer.latencyFrames);
  }
}
