import { fail, ok, type Result } from '#shared/base';
import { drumOfNote, GENERAL_MIDI } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { LEAST_FLATNESS, MOST_SUSTAIN, struckEvidence } from './is-struck';
import { DRUM_BANK, generalKitsOf, type SoundKit } from './kit';
import type { FontHandle, Synth } from './synth';

/** A preset of a font that is no drum kit. */
export interface RefusedKit {
  readonly path: string;
  readonly name: string;
  /** With what was measured. */
  readonly reason: string;
}

const SNARE = 38;
/** Soft enough and loud enough that both ends of a kit's layers are heard. */
const VELOCITIES = [65, 120] as const;
/** A font without drum kits by its own account may still be one of a single drum or kit; a whole orchestra is not gone through. */
const MOST_TRIED = 16;

/**
 * The kits of a user's font: its presets of bank 128, or those of bank 0 of a font that has none there, whose snare is struck. Notes of a drum kit that a font leaves
 * out sound as another of the same instrument. Fails where no preset is a kit, with what was measured on each.
 */
export function userKits(
  synth: Synth,
  font: FontHandle,
  path: string,
): Result<{ readonly kits: readonly SoundKit[]; readonly refused: readonly RefusedKit[] }, Failure> {
  const banked = font.presets.some(({ bank }) => bank === DRUM_BANK);
  const tried = banked
    ? font
    : { ...font, presets: font.presets.filter(({ bank }) => bank === 0).slice(0, MOST_TRIED) };
  const kits: SoundKit[] = [];
  const refused: RefusedKit[] = [];
  for (const kit of generalKitsOf(synth, tried, banked ? DRUM_BANK : 0)) {
    const reason = whyNotStruck(synth, kit);
    if (reason === null) kits.push(completed(kit));
    else refused.push({ path, name: kit.name, reason });
  }
  if (kits.length > 0) return ok({ kits, refused });
  const problems =
    refused.length > 0
      ? refused.map(({ name, reason }) => `${name}: ${reason}`)
      : ['none of its presets sounds on the keys of drums'];
  return fail({ code: 'badFile', path, format: 'SoundFont with a drum kit', problems });
}

function whyNotStruck(synth: Synth, kit: SoundKit): string | null {
  const { font, bank, programs } = kit;
  if (!kit.keys.some(({ note }) => note === SNARE)) return `it has no snare (key ${SNARE})`;
  for (const velocity of VELOCITIES) {
    const evidence = struckEvidence(
      synth.voice({ font, bank, program: programs[0] ?? 0, key: SNARE, velocity }),
    );
    if (!evidence) return `its snare (key ${SNARE}) is silent at velocity ${velocity}`;
    const { flatness, sustain_ratio } = evidence;
    if (flatness < LEAST_FLATNESS || sustain_ratio > MOST_SUSTAIN)
      return (
        `key ${SNARE} at velocity ${velocity} is no struck drum: flatness ${flatness.toPrecision(2)} (at least ${LEAST_FLATNESS}), ` +
        `${sustain_ratio.toFixed(2)} of its sound after 150 ms (at most ${MOST_SUSTAIN})`
      );
  }
  return null;
}

/** The notes that drum kits of General MIDI have; percussion is no part of them. */
const KIT_NOTES = Array.from({ length: 59 - 35 + 1 }, (_, index) => 35 + index).filter(
  note => !['perc', 'fx', 'clap'].includes(drumOfNote(GENERAL_MIDI, note).instrument),
);

/** The instrument of a note; toms count as one, since fonts have as many of them as they like. */
function instrumentOf(note: number): string {
  const { instrument } = drumOfNote(GENERAL_MIDI, note);
  return instrument === 'lt' || instrument === 'mt' || instrument === 'ht' ? 'tom' : instrument;
}

/** What a kit has no key for sounds as the nearest note of the same instrument, where there is one. */
function completed(kit: SoundKit): SoundKit {
  const missing = KIT_NOTES.filter(note => kit.keys.every(key => key.note !== note));
  const added = missing.flatMap(note => {
    const [nearest] = kit.keys
      .filter(key => instrumentOf(key.note) === instrumentOf(note))
      .toSorted((a, b) => Math.abs(a.note - note) - Math.abs(b.note - note) || a.note - b.note);
    return nearest ? [{ ...nearest, note }] : [];
  });
  return { ...kit, keys: [...kit.keys, ...added].sort((a, b) => a.note - b.note) };
}
