import { checkOf, short } from './check';
import type { SampleRow } from '../rows';
import type { Check } from './report';

/** What tells a struck drum from a string. */
export interface StruckEvidence {
  /** How noisy it is, 0..1. */
  readonly flatness: number;
  /** How much of it comes after 150 ms, 0..1. */
  readonly sustain: number;
}

/** Of DATASET.md's gate 3: eight General MIDI snares have .0039 and more, and .13 at most; a piano .0001 and .47. */
const LEAST_FLATNESS = 0.002;
const MOST_SUSTAIN = 0.2;

interface KnownKit {
  readonly font: string;
  readonly clean: StruckEvidence[];
  readonly others: StruckEvidence[];
  recordings: number;
}

interface Judged {
  readonly state: Check['state'];
  /** Why the kit is not simply right. */
  readonly told: string;
}

/**
 * Whether a drum sounds in every kit: by its snare where that is heard alone, and by the kit itself where its font is at hand. A room's tail cannot be told from a
 * string's, so a kit that is noisy in its recordings is judged by its own tail where possible.
 */
export class KitMeter {
  readonly #isClean: (preset: string) => boolean;
  readonly #voiceOf: (kit: string, font: string) => StruckEvidence | null;
  readonly #kits = new Map<string, KnownKit>();

  /** `voiceOf`: the snare of a kit by its font; null where that is not here. */
  constructor(
    isClean: (preset: string) => boolean,
    voiceOf: (kit: string, font: string) => StruckEvidence | null,
  ) {
    this.#isClean = isClean;
    this.#voiceOf = voiceOf;
  }

  /** `alone`: of the snare in one recording; null where nothing is heard alone there. */
  add(
    {
      soundfont,
      soundfont_sha256,
      augmentation_preset,
    }: Pick<SampleRow, 'soundfont' | 'soundfont_sha256' | 'augmentation_preset'>,
    alone: StruckEvidence | null,
  ): void {
    if (soundfont === null) return;
    const kit = this.#kits.get(soundfont) ?? {
      font: soundfont_sha256 ?? '',
      clean: [],
      others: [],
      recordings: 0,
    };
    this.#kits.set(soundfont, kit);
    kit.recordings++;
    if (alone) (this.#isClean(augmentation_preset ?? '') ? kit.clean : kit.others).push(alone);
  }

  check(): Check {
    const facts = { name: 'sound_identity', title: 'A drum sounds in every kit', group: 'sound' } as const;
    const wanted = `flatness at least ${short(LEAST_FLATNESS, 3)}, at most ${short(MOST_SUSTAIN)} of it after 150 ms`;
    const judged = [...this.#kits].map(([name, kit]) => this.#judged(name, kit));
    if (judged.length === 0) return checkOf(facts, 'skipped', 'no kit was heard', wanted);
    const of = (state: Check['state']): readonly Judged[] => judged.filter(kit => kit.state === state);
    const left = of('skipped');
    const isLeft = left.length === judged.length;
    const state = (['failed', 'warned'] as const).find(bad => of(bad).length > 0);
    const found = `${of('passed').length} of ${judged.length} kits${left.length > 0 ? `; ${left.length} skipped, since nothing of them can be judged` : ''}`;
    return checkOf(
      facts,
      isLeft ? 'skipped' : (state ?? (left.length > 0 ? 'warned' : 'passed')),
      found,
      wanted,
      [...of('failed'), ...of('warned'), ...left].map(({ told }) => told),
    );
  }

  #judged(name: string, { font, clean, others, recordings }: KnownKit): Judged {
    const own = this.#voiceOf(name, font);
    const isOwnStruck = own !== null && isNoisy(own) && isShort(own);
    const heard = clean.length > 0 ? clean : others;
    if (heard.length === 0) {
      if (own)
        return {
          state: isOwnStruck ? 'passed' : 'failed',
          told: `${name}: in its font, ${measured(own)}`,
        };
      return {
        state: 'skipped',
        told: `${name}: its snare is heard alone in none of ${recordings} recordings, and its font is not here (--soundfont FILE)`,
      };
    }
    const middle: StruckEvidence = {
      flatness: median(heard.map(({ flatness }) => flatness)),
      sustain: median(heard.map(({ sustain }) => sustain)),
    };
    const told = `${name}: ${measured(middle)}, of ${heard.length} recordings${clean.length > 0 ? '' : ', none of them clean, where a room’s tail cannot be told from a string’s'}`;
    if (!isNoisy(middle)) return { state: 'failed', told };
    if (isOwnStruck || (clean.length > 0 && isShort(middle))) return { state: 'passed', told };
    return { state: own || clean.length > 0 ? 'failed' : 'warned', told };
  }
}

const isNoisy = ({ flatness }: StruckEvidence): boolean => flatness >= LEAST_FLATNESS;
const isShort = ({ sustain }: StruckEvidence): boolean => sustain <= MOST_SUSTAIN;
const measured = ({ flatness, sustain }: StruckEvidence): string =>
  `flatness ${short(flatness, 4)}, ${short(sustain)} after 150 ms`;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
