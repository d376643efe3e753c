import { SPLITS, type Split } from '../splits';
import { checkOf, grouped, Tally } from './check';
import type { KitMeter, StruckEvidence } from './kits-heard';
import type { PartedLists } from './parted';
import type { SampleRow } from '../rows';
import type { Check } from './report';

/** What listening to one recording told. */
export interface HeardRecording {
  readonly sample: SampleRow;
  /** What is wrong with the file, or null: it decodes, and is as its row says. */
  readonly fault: string | null;
  /** Of the whole, linear. */
  readonly rms: number;
  /** Share of the frames at full scale. */
  readonly clipped: number;
  /** Onsets found in it, seconds, ascending. */
  readonly onsets: readonly number[];
  /** Of its snare, where that is heard alone; null where it never is. */
  readonly alone: StruckEvidence | null;
}

/** -80 dBFS. */
const SILENT_RMS = 1e-4;
const MOST_CLIPPED = 0.001;
/** Two recordings are of one performance when so many of their first onsets agree within this, wherever each recording begins. */
const PRINT_ONSETS = 24;
const LEAST_ONSETS = 12;
const ALIKE_SHARE = 0.75;
const ALIKE_SECONDS = 0.0015;
/** One of so many first onsets is heard in both. */
const FIRST_ONSETS = 4;

const tally = (name: string, title: string): Tally => new Tally({ name, title, group: 'sound' });

/** Looks at recordings one by one: whether they are what their rows say, and whether a drum sounds. */
export class SoundMeter {
  readonly #decodes = tally('audio_decodes', 'Recordings decode to the samples that their rows name');
  readonly #silent = tally('audio_not_silent', 'Recordings are not silent');
  readonly #clipped = tally('audio_not_clipped', 'Recordings are not clipped');
  readonly #kits: KitMeter;
  readonly #prints: { readonly id: string; readonly onsets: readonly number[] }[] = [];

  constructor(kits: KitMeter) {
    this.#kits = kits;
  }

  add({ sample, fault, rms, clipped, onsets, alone }: HeardRecording): void {
    const { sample_id } = sample;
    this.#decodes.see(fault === null, () => `${sample.audio_path}: ${fault}`);
    if (fault !== null) return;
    this.#silent.see(rms >= SILENT_RMS, () => `${sample_id}: ${decibels(rms)}`);
    this.#clipped.see(
      clipped <= MOST_CLIPPED,
      () => `${sample_id}: ${(100 * clipped).toFixed(2)} % of its frames are at full scale`,
    );
    this.#prints.push({ id: sample_id, onsets: onsets.slice(0, PRINT_ONSETS) });
    this.#kits.add(sample, alone);
  }

  checks(splits: Readonly<Record<string, PartedLists | null>>): Check[] {
    return [
      this.#decodes.check('recordings'),
      this.#silent.check('recordings'),
      this.#clipped.check('recordings'),
      this.#kits.check(),
      this.#duplicates(splits),
    ];
  }

  /** By the times between onsets: whatever room, microphone or codec a performance went through, they are its own. */
  #duplicates(splits: Readonly<Record<string, PartedLists | null>>): Check {
    const facts = {
      name: 'split_near_duplicates',
      title: 'No near-duplicate in two splits',
      group: 'splits',
    } as const;
    const wanted = '0 leaks';
    const prints = this.#prints.filter(({ onsets }) => onsets.length >= LEAST_ONSETS);
    const lists = Object.entries(splits).flatMap(([name, list]) =>
      list
        ? [{ name, home: new Map(SPLITS.flatMap(split => list[split].map(id => [id, split] as const))) }]
        : [],
    );
    if (prints.length < 2 || lists.length === 0)
      return checkOf(facts, 'skipped', `${prints.length} recordings were compared`, wanted);
    const leaks: string[] = [];
    for (const [index, a] of prints.entries())
      for (const b of prints.slice(index + 1)) {
        if (!isAlike(a.onsets, b.onsets)) continue;
        for (const { name, home } of lists) {
          const [one, other]: (Split | undefined)[] = [home.get(a.id), home.get(b.id)];
          if (one && other && one !== other) leaks.push(`${name}: ${a.id} in ${one}, ${b.id} in ${other}`);
        }
      }
    return checkOf(
      facts,
      leaks.length === 0 ? 'passed' : 'failed',
      `${leaks.length} leaks among ${grouped(prints.length)} recordings`,
      wanted,
      leaks,
    );
  }
}

const decibels = (rms: number): string =>
  rms > 0 ? `${(20 * Math.log10(rms)).toFixed(0)} dBFS` : 'digital silence';

/** Whether most onsets of the one with fewer are in the other too, once one of the first is laid upon one of the first. */
function isAlike(a: readonly number[], b: readonly number[]): boolean {
  const wanted = ALIKE_SHARE * Math.min(a.length, b.length);
  for (const first of a.slice(0, FIRST_ONSETS))
    for (const other of b.slice(0, FIRST_ONSETS)) {
      const shift = other - first;
      let alike = 0;
      let at = 0;
      for (const time of a) {
        while (at < b.length && (b[at] ?? 0) - shift < time - ALIKE_SECONDS) at++;
        if (at < b.length && Math.abs((b[at] ?? 0) - shift - time) <= ALIKE_SECONDS) alike++;
      }
      if (alike >= wanted) return true;
    }
  return false;
}
