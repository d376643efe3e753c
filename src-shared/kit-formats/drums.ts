import { drumOfNote, GENERAL_MIDI, type Instrument, isNamed } from '../model';

/** Words of names, the first that fits wins: what says more stands before what says less. */
const WORDS: readonly (readonly [RegExp, Instrument])[] = [
  [/\b(open|opened|opn|half|semi|loose|free|swish)\b.*\b(h ?h|(hi ?)?hats?)\b/, 'ohh'],
  [/\b(h ?h|(hi ?)?hats?)\b.*\b(open|opened|opn|half|semi|loose|free|swish)\b/, 'ohh'],
  [/\b(oh|ohh|ohat)\b|openhat/, 'ohh'],
  [/\b(pedal|foot|ped|chick)\b.*\b(h ?h|(hi ?)?hats?)\b/, 'phh'],
  [/\b(h ?h|(hi ?)?hats?)\b.*\b(pedal|foot|ped|chick)\b|\bphh?\b/, 'phh'],
  [/hi ?hat|\bhats?\b|\bh ?h\b|\bchh?\b/, 'chh'],
  [/side ?stick|\bsticks?\b|rim ?clicks?|cross ?stick|x ?stick|^rim( ?shot)?\b|\brs\b/, 'rim'],
  [/clap|\bcp\b|snaps?\b/, 'clap'],
  [/snare|\bsnr?\b|\bsd\b/, 'snare'],
  [/kick|bass ?drum|\bbd\b|\bkk\b|\bkd\b/, 'kick'],
  [/\b(low|floor|lo|large|big)\b.*\btoms?\b|\btoms?\b.*\b(low|floor|lo|[456])\b|\bfloor\b|\blt\b/, 'lt'],
  [/\b(high|hi|small)\b.*\btoms?\b|\btoms?\b.*\b(high|hi|1)\b|\bht\b/, 'ht'],
  [/\btoms?\b|\bmt\b/, 'mt'],
  [/\bride\b|\brd\b|^bell\b/, 'ride'],
  [/crash|splash|china|cymbal|\bcr\b|\bcym\b|\bcy\b/, 'crash'],
  [
    /cow ?bell|\bcb\b|conga|bongo|tamb|shaker|maraca|clave|block|guiro|agogo|timbale|triangle|cabasa|\bperc|djembe|cuica|quica|tabla|darbuka|whistle|jingle|vibraslap|castanet|surdo|cajon/,
    'perc',
  ],
  [/\bfx\b|effect|noise|\bzap|laser|sweep|riser|impact|voice|\bvox\b|scratch|click|beep|blip|siren/, 'fx'],
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
