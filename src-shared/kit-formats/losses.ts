import type { KitFormat } from '../protocol';
import type { KitDocument, KitPad } from './document';

/** Most sounds of one instrument in Hydrogen. */
export const HYDROGEN_SOUNDS = 16;

/** What is known of a kit beside its document. */
export interface KitFacts {
  /** Hits on its pads that no stroke plays. */
  readonly unheard: number;
  /** Hits whose attack lies deeper in the file than others', at most so many seconds. */
  readonly leadSeconds: number;
  /** Whether trims, fades or reversal are written into audio. */
  readonly baked: number;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

const hasTurns = ({ order, layers }: KitPad): boolean =>
  order !== 'first' && layers.some(({ takes }) => takes.length > 1);

const isCurved = ({ velocityCurve }: KitPad): boolean => velocityCurve !== 1;

/** In sentences: what of this kit a format cannot hold, or holds otherwise. Nothing for Backbeat's own. */
export function lossesOf(
  format: KitFormat,
  document: KitDocument,
  { unheard, baked, leadSeconds }: KitFacts,
): readonly string[] {
  if (format === 'wav') return [];
  const { pads } = document;
  const several = pads.filter(hasTurns).length;
  const curved = pads.filter(isCurved).length;
  const chokes = pads.some(({ choke }) => choke !== null);
  const losses: string[] = [];
  if (format === 'sf2' && several > 0)
    losses.push(
      `SF2 knows no round robins: ${count(several, 'pad')} keep${several === 1 ? 's' : ''} the first take only.`,
    );
  if (format === 'h2drumkit') {
    const crowded = pads.filter(pad => soundCount(pad) > HYDROGEN_SOUNDS).length;
    if (crowded > 0)
      losses.push(
        `Hydrogen plays ${HYDROGEN_SOUNDS} sounds an instrument at most: ${count(crowded, 'pad')} lose${crowded === 1 ? 's' : ''} takes.`,
      );
    losses.push('Hydrogen plays velocity in a straight line: half velocity is 6 dB softer instead of 12.');
    if (chokes) losses.push('In Hydrogen a pad that chokes others does not cut off its own last stroke.');
  }
  if (format === 'decent') {
    if (curved > 0)
      losses.push(`DecentSampler has a velocity curve of its own: that of ${count(curved, 'pad')} is lost.`);
  } else if (format === 'h2drumkit' && curved > 0)
    losses.push(`The velocity curve of ${count(curved, 'pad')} is lost.`);
  if (unheard > 0)
    losses.push(`${count(unheard, 'hit')} that no stroke plays ${unheard === 1 ? 'is' : 'are'} left out.`);
  if (baked > 0)
    losses.push(`Trims, fades and reversal of ${count(baked, 'hit')} are written into the audio.`);
  if (leadSeconds > 0.0005)
    losses.push(`Attacks lie up to ${(leadSeconds * 1000).toFixed(1)} ms into the files, as they were cut.`);
  return losses;
}

export const soundCount = ({ layers }: KitPad): number =>
  layers.reduce((total, { takes }) => total + takes.length, 0);

/** `pad` with at most `most` sounds: takes go from the layer that has most of them, the last first; every layer keeps one. */
export function thinned(pad: KitPad, most: number): KitPad {
  const layers = pad.layers.slice(-most).map(layer => ({ ...layer, takes: [...layer.takes] }));
  let total = layers.reduce((sum, { takes }) => sum + takes.length, 0);
  while (total > most) {
    const fullest = layers.reduce((a, b) => (b.takes.length > a.takes.length ? b : a));
    fullest.takes.pop();
    total--;
  }
  return { ...pad, layers };
}
