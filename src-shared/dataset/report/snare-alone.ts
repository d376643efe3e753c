import { drumOfNote, GENERAL_MIDI } from '../../model';
import type { StrokeRow } from './read-sample';

const SNARES: ReadonlySet<number> = new Set([38, 40]);
/** How long before a stroke another voice must have ended, s: cymbals ring for long. */
const QUIET_SECONDS = 1;
const QUIET_AFTER_CYMBALS_SECONDS = 4;
const CYMBALS: ReadonlySet<string> = new Set(['ohh', 'crash', 'ride']);
/** How long a stroke must sound before anything follows, s: a string's tail shows after 150 ms. */
const LEAST_ALONE_SECONDS = 0.3;

type Struck = Pick<StrokeRow, 'midi_note' | 'audio_time_ms' | 'audio_repeats_ms'>;

/**
 * Where the snare is heard alone, seconds: nothing else rings into it, and nothing follows too soon. The last such stroke; null where there is none, as in most
 * grooves. `until`: where the recording ends.
 */
export function snareAlone(
  strokes: readonly Struck[],
  until: number,
): { readonly from: number; readonly to: number } | null {
  const heard = strokes
    .flatMap(({ midi_note, audio_time_ms, audio_repeats_ms }) =>
      audio_time_ms === null
        ? []
        : [audio_time_ms, ...audio_repeats_ms].map(ms => ({ note: midi_note, at: ms / 1000 })),
    )
    .sort((a, b) => a.at - b.at);
  for (let index = heard.length - 1; index >= 0; index--) {
    const stroke = heard[index];
    if (!stroke || !SNARES.has(stroke.note)) continue;
    const to = heard[index + 1]?.at ?? until;
    if (to - stroke.at < LEAST_ALONE_SECONDS) continue;
    const rings = heard
      .slice(0, index)
      .some(({ note, at }) => !SNARES.has(note) && stroke.at - at < quietAfter(note));
    if (!rings) return { from: stroke.at, to };
  }
  return null;
}

const quietAfter = (note: number): number =>
  CYMBALS.has(drumOfNote(GENERAL_MIDI, note).instrument) ? QUIET_AFTER_CYMBALS_SECONDS : QUIET_SECONDS;
