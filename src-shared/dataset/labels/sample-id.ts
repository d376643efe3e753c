import type { Player, Tier } from '../players';

const SHORT: Readonly<Record<Tier, string>> = {
  beginner: 'beg',
  intermediate: 'int',
  advanced: 'adv',
  professional: 'pro',
};

/** A name as it stands in an id: small letters, digits and underscores. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');

/**
 * The seed's id of a sample: `{beg|int|adv|pro}{NNN}_{slug}_{bpm}bpm_{sf8}_{aug}`. The soundfont is cut after eight signs; take 0 is not told,
 * as in the seed, where there is one.
 */
export function sampleId(
  player: Pick<Player, 'skill_tier' | 'number'>,
  slug: string,
  tempo: number,
  soundfont: string,
  augmentation: string,
  take = 0,
): string {
  const number = String(player.number).padStart(3, '0');
  const font = plain(soundfont).slice(0, 8).replace(/_+$/, '');
  const which = take === 0 ? slug : `${slug}_t${take}`;
  return `${SHORT[player.skill_tier]}${number}_${which}_${tempo}bpm_${font}_${plain(augmentation)}`;
}

/** Samples of one performance, which must not be parted by a split: `{profile8}_{slug}_{bpm}`. */
export const augmentationGroupId = (
  player: Pick<Player, 'id'>,
  slug: string,
  tempo: number,
  take = 0,
): string => `${player.id.slice(0, 8)}_${take === 0 ? slug : `${slug}_t${take}`}_${tempo}`;
