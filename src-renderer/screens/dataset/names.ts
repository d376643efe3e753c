import type { Tier } from '#shared/dataset';

/** "flam_tap" as one reads it: "flam tap". */
export const spoken = (slug: string): string => slug.replaceAll('_', ' ');

const CAPITAL = /^./;
/** "Clean studio". */
export const titled = (slug: string): string => spoken(slug).replace(CAPITAL, first => first.toUpperCase());

export const TIER_NAMES: Readonly<Record<Tier, string>> = {
  beginner: 'Beginner',
  intermediate: 'Intermediate',
  advanced: 'Advanced',
  professional: 'Professional',
};
