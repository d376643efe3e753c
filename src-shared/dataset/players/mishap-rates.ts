import type { Tier } from './player';

/** Failures that no normal distribution makes; each is told in the labels. */
export const MISHAPS = [
  'missed_stroke',
  'extra_stroke',
  'wrong_hand',
  'collapsed_diddle',
  'flat_flam',
  'inverted_flam',
  'stumble',
  'tempo_step',
  'hesitation',
] as const;
export type Mishap = (typeof MISHAPS)[number];

/**
 * How often each happens: per thousand strokes, diddles (collapsed), flams (flat, inverted) or figures (hesitation). No published
 * rates are known: design choices, ordered by tier.
 */
export const MISHAPS_PER_THOUSAND: Readonly<Record<Tier, Readonly<Record<Mishap, number>>>> = {
  beginner: {
    missed_stroke: 8,
    extra_stroke: 4,
    wrong_hand: 6,
    collapsed_diddle: 60,
    flat_flam: 80,
    inverted_flam: 25,
    stumble: 3,
    tempo_step: 1.5,
    hesitation: 12,
  },
  intermediate: {
    missed_stroke: 3,
    extra_stroke: 1.5,
    wrong_hand: 2,
    collapsed_diddle: 20,
    flat_flam: 30,
    inverted_flam: 8,
    stumble: 1,
    tempo_step: 0.5,
    hesitation: 4,
  },
  advanced: {
    missed_stroke: 0.8,
    extra_stroke: 0.4,
    wrong_hand: 0.5,
    collapsed_diddle: 5,
    flat_flam: 8,
    inverted_flam: 2,
    stumble: 0.25,
    tempo_step: 0.1,
    hesitation: 1,
  },
  professional: {
    missed_stroke: 0.15,
    extra_stroke: 0.08,
    wrong_hand: 0.05,
    collapsed_diddle: 1,
    flat_flam: 2,
    inverted_flam: 0.3,
    stumble: 0.04,
    tempo_step: 0.02,
    hesitation: 0.2,
  },
};
