import { drumOfNote, GENERAL_MIDI, type Instrument, isNamed } from '../model';

/** Words of names, the first that fits wins: what says more stands before what says less. */
const WORDS: readonly (readonly [RegExp, Instrument])[] = [
  [
    /\b(open|opn|oh|ohh|ohat|half ?open|loose)\b.*\bh(i ?)?h?at|h(i ?)?hat.*\b(open|opn|half|loose)|^ohh?\b|\bohh?\b|openhat/,
    'ohh',
  ],
  [/\b(pedal|foot|ped|chick)\b.*hat|hat.*\b(pedal|foot|ped|chick)\b|\bphh?\b/, 'phh'],
  [/hi ?hat|\bhats?\b|\bhh\b|\bchh?\b|\bhat\d/, 'chh'],
  [/side ?stick|\bstick\b|rim ?(click|shot)?\b|cross ?stick|x ?stick|\brs\b/, 'rim'],
  [/clap|\bcp\b|\bsnap\b/, 'clap'],
  [/snare|\bsn(r|are)?\d*\b|\bsd\d*\b/, 'snare'],
  [/kick|bass ?drum|\bbd\d*\b|\bkk\b|\bkd\b/, 'kick'],
  [/(low|floor|lo|large|big|16|14)\b.*\btoms?|tom.*\b(low|floor|lo|4|5)\b|floor|\blt\b/, 'lt'],
  [/(high|hi|small|rack ?1|10|8)\b.*\btoms?|tom.*\b(high|hi|1)\b|\bht\b/, 'ht'],
  [/\btoms?\b|\bmt\b|tom\d/, 'mt'],
  [/ride|\brd\b|\bbell\b/, 'ride'],
  [/crash|splash|china|cymbal|\bcr\b|\bcym\b|\bcy\b/, 'crash'],
  [
    /cowbell|\bcb\b|conga|bongo|tamb|shaker|maracas?|clave|block|guiro|agogo|timbale|triangle|cabasa|perc|djembe|quica|cuica|tabla|darbuka|whistle|jingle|vibraslap|castanet|surdo|cajon|scrap|slap/,
    'perc',
  ],
  [
    /\bfx\b|effect|noise|zap|laser|sweep|riser|impact|voice|vox|scratch|reverse|click|beep|blip|siren|hit\b/,
    'fx',
  ],
];

/** What a drum of that name is; null where the name says nothing. */
export function instrumentOfName(name: string): Instrument | null {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/([a-z])(\d)/g, '$1 $2')
    .trim();
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, ' ');
  const found = WORDS.find(([pattern]) => pattern.test(words) || pattern.test(plain));
  return found?.[1] ?? null;
}

/** What a note is in General MIDI; null above and below its drums. */
export const instrumentOfNote = (note: number): Instrument | null =>
  isNamed(GENERAL_MIDI, note) ? drumOfNote(GENERAL_MIDI, note).instrument : null;

/**
 * What each pad is: by its name; by its note where most named pads lie on their notes of General MIDI; null for what neither tells.
 */
export function instrumentsOf(
  pads: readonly { readonly name: string; readonly note: number }[],
): readonly (Told | null)[] {
  const named = pads.map(({ name }) => instrumentOfName(name));
  const judged = pads.flatMap(({ note }, index) => {
    const byName = named[index];
    const byNote = instrumentOfNote(note);
    return byName && byNote ? [family(byName) === family(byNote)] : [];
  });
  const trusted = judged.length === 0 || judged.filter(Boolean).length * 2 > judged.length;
  return pads.map(({ note }, index): Told | null => {
    const byName = named[index];
    if (byName) return { instrument: byName, by: 'name' };
    const byNote = trusted ? instrumentOfNote(note) : null;
    return byNote ? { instrument: byNote, by: 'note' } : null;
  });
}

export interface Told {
  readonly instrument: Instrument;
  readonly by: 'name' | 'note';
}

const FAMILIES: Partial<Readonly<Record<Instrument, string>>> = {
  chh: 'hat',
  phh: 'hat',
  ohh: 'hat',
  lt: 'tom',
  mt: 'tom',
  ht: 'tom',
  crash: 'cymbal',
  ride: 'cymbal',
  rim: 'snare',
  snare: 'snare',
};

const family = (instrument: Instrument): string => FAMILIES[instrument] ?? instrument;
