import { z } from 'zod';

/** What a skeleton can be written in, with the names that screens show; `four` is the seeds' four on the floor. */
export const SKELETON_STYLE_NAMES = {
  four: 'Four on the floor',
  rock: 'Rock',
  dense: 'Dense',
  house: 'House',
  techno: 'Techno',
  disco: 'Disco',
  'boom-bap': 'Boom bap',
  trap: 'Trap',
  breakbeat: 'Breakbeat',
  'drum-and-bass': 'Drum and bass',
  'half-time': 'Half time',
  funk: 'Funk',
  soul: 'Soul',
  shuffle: 'Shuffle',
  swing: 'Jazz swing',
  punk: 'Punk',
  metal: 'Metal',
  ballad: 'Ballad',
  country: 'Train beat',
  reggae: 'One drop',
  bossa: 'Bossa nova',
  samba: 'Samba',
  afrobeat: 'Afrobeat',
  songo: 'Songo',
} as const;
export type SkeletonStyle = keyof typeof SKELETON_STYLE_NAMES;

export const SKELETON_STYLES = Object.keys(SKELETON_STYLE_NAMES) as [SkeletonStyle, ...SkeletonStyle[]];
export const SkeletonStyleSchema = z.enum(SKELETON_STYLES);
