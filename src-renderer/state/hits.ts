import { studio } from '#renderer/bridge';
import {
  type Hit,
  INSTRUMENT_FACTS,
  type Instrument,
  plainHitName,
  type Role,
  type Track,
} from '#shared/model';
import { placeWords } from './beats';
import { replaceHit, useLibrary } from './library';
import { attempt } from './notices';

/** What a hit counts as: what the user said, else what the machine thinks. */
export const roleOf = (hit: Hit): Role => hit.override?.role ?? hit.judgement?.role ?? 'TEXTURE';
export const instrumentOf = (hit: Hit): Instrument =>
  hit.override?.instrument ?? hit.judgement?.instrument ?? 'perc';
export const instrumentName = (hit: Hit): string => INSTRUMENT_FACTS[instrumentOf(hit)].name;

/** How sure the machine is of its role and of its instrument, 0..1; undefined where it has not judged. */
export const roleSure = (hit: Hit): number | undefined =>
  hit.judgement ? hit.judgement.roleScores[hit.judgement.role] : undefined;
export const instrumentSure = (hit: Hit): number | undefined =>
  hit.judgement ? hit.judgement.instrumentScores[hit.judgement.instrument] : undefined;

/** What its maker called it, else "Snare 041". */
export const hitName = (hit: Hit): string => hit.name ?? plainHitName(instrumentOf(hit), hit.index);

export const sliceSeconds = (hit: Hit): number => hit.frames / hit.sampleRate;

/** Sets the user's own role, or gives it back to the machine with null; the machine's own judgement stays beside it. */
export async function overrideRole(hit: Hit, role: Role | null): Promise<void> {
  const instrument = hit.override?.instrument;
  const override =
    role === null && instrument === undefined
      ? null
      : { ...(role === null ? {} : { role }), ...(instrument === undefined ? {} : { instrument }) };
  replaceHit({ ...hit, override });
  const done = await attempt('Setting the role', async () => {
    await studio.overrideHit.mutate({ hitId: hit.id, override });
    return true;
  });
  if (!done) replaceHit(hit);
}

/** "4.2.3" by the song's tempo; null before its bar 1 or without one. */
export function placeInSong(track: Track, seconds: number): string | null {
  const { tempo } = track;
  if (!tempo || seconds < tempo.firstDownbeat - 0.05) return null;
  return placeWords(tempo, Math.max(tempo.firstDownbeat, seconds + 0.02));
}

const NO_HITS: readonly Hit[] = [];
export const useHits = (trackId: string | null): readonly Hit[] | undefined =>
  useLibrary(state => (trackId === null ? NO_HITS : state.hits[trackId]));
