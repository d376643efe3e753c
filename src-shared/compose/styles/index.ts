import type { SkeletonStyle, Swing } from '../../model';
import { ballad, country, funk, metal, punk, shuffle, soul, swing } from './band';
import { dense } from './dense';
import { breakbeat, disco, drumAndBass, house, techno } from './electronic';
import { four } from './four';
import { boomBap, halfTime, trap } from './hip-hop';
import { afrobeat, bossa, reggae, samba, songo } from './latin-and-african';
import { playSheet } from './play-sheet';
import { rock } from './rock';
import type { StyleSheet } from './sheet';
import type { Style } from './style';

export type { BarContext, Stroke } from './style';

const SHEETS = {
  house,
  techno,
  disco,
  'boom-bap': boomBap,
  trap,
  breakbeat,
  'drum-and-bass': drumAndBass,
  'half-time': halfTime,
  funk,
  soul,
  shuffle,
  swing,
  punk,
  metal,
  ballad,
  country,
  reggae,
  bossa,
  samba,
  afrobeat,
  songo,
} as const satisfies Partial<Record<SkeletonStyle, StyleSheet>>;

const RULES = { four, rock, dense } as const satisfies Partial<Record<SkeletonStyle, Style>>;

const isRule = (style: SkeletonStyle): style is keyof typeof RULES => Object.hasOwn(RULES, style);

/** What writes the bars of `style`. */
export const styleOf = (style: SkeletonStyle): Style =>
  isRule(style) ? RULES[style] : playSheet(SHEETS[style]);

/** The swing that belongs to `style`; null for a straight one. */
export function swingOfStyle(style: SkeletonStyle): Swing | null {
  if (isRule(style)) return null;
  const sheet: StyleSheet = SHEETS[style];
  return sheet.swing ?? null;
}
