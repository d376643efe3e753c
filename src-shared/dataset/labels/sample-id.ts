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

const FONT_SIGNS = 8;
const LAST_SIGNS = 4;

/** The first eight signs of a font's name, as the seed has it; of a kit's (`font-kit`) those that tell it from others of its font are among them. */
function eightOf(kit: string): string {
  const name = plain(kit);
  const last = /-([a-z0-9]+)$/.exec(kit)?.[1]?.slice(0, LAST_SIGNS) ?? '';
  if (name.length <= FONT_SIGNS || last === '') return name.slice(0, FONT_SIGNS).replace(/_+$/, '');
  return name.slice(0, FONT_SIGNS - last.length) + last;
}

/**
 * The seed's id of a sample: `{beg|int|adv|pro}{NNN}_{slug}_{bpm}bpm_{sf8}_{aug}`. The soundfont is told by eight signs; take 0 is not told,
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
  const which = take === 0 ? slug : `${slug}_t${take}`;
  return `${SHORT[player.skill_tier]}${number}_${which}_${tempo}bpm_${eightOf(soundfont)}_${plain(augmentation)}`;
}

/** Samples of one performance, which must not be parted by a split: `{profile8}_{slug}_{bpm}`. */
export const augmentationGroupId = (
  player: Pick<Player, 'id'>,
  slug: string,
  tempo: number,
  take = 0,
): string => `${player.id.slice(0, 8)}_${take === 0 ? slug : `${slug}_t${take}`}_${tempo}`;
