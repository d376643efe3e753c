import type { Activations } from './contract';

/** Chances nearer to 0 and 1 than this count as this, so that one hearing's certainty does not outweigh the other's doubt. */
const LEAST_CHANCE = 1e-6;

const oddsOf = (chance: number): number => {
  const bounded = Math.min(1 - LEAST_CHANCE, Math.max(LEAST_CHANCE, chance));
  return Math.log(bounded / (1 - bounded));
};

/**
 * What several hearings of the same moments say together: chances by the mean of their log odds; how hard and where exactly, as the first
 * heard it. One hearing is given back as it is.
 */
export function meanOfHearings(answers: readonly Activations[]): Activations {
  const [first] = answers;
  if (!first || answers.length === 1) return first ?? NOTHING;
  const chance = first.chance.map((_, at) => {
    let sum = 0;
    for (const answer of answers) sum += oddsOf(answer.chance[at]!);
    return 1 / (1 + Math.exp(-sum / answers.length));
  });
  return { ...first, chance };
}

const NOTHING: Activations = {
  chance: new Float32Array(0),
  velocity: new Float32Array(0),
  offset: new Float32Array(0),
};
