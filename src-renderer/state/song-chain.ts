import { type ChainedSong, type ChainProblem, chainSong } from '#shared/compose';
import type { Result } from '#shared/base';
import type { Kit, Pattern, Song, SongPart } from '#shared/model';
import { beginDocument, shownPattern, useDocument } from './document';
import { useKitDraft } from './kit-draft';
import { useLibrary } from './library';
import { notify } from './notices';
import { openSong } from './songs';
import { setView, useView } from './view';

/** The kit that a song plays on: its own with what is changed of it here, or the open groove's where its own is gone. */
export function kitOfSong(song: Song): Kit | null {
  const { kits } = useLibrary.getState();
  const draft = useKitDraft.getState().kit;
  const wanted = kits.some(({ id }) => id === song.kitId) ? song.kitId : useDocument.getState().kitId;
  return draft?.id === wanted ? draft : (kits.find(({ id }) => id === wanted) ?? null);
}

function patternOfPart(patternId: string): Pattern | null {
  const state = useDocument.getState();
  if (state.id === patternId) return shownPattern(state);
  return useLibrary.getState().patterns.find(({ id }) => id === patternId)?.pattern ?? null;
}

let lastChain:
  | { readonly of: readonly unknown[]; readonly chained: Result<ChainedSong, ChainProblem> }
  | undefined;

/** The song as one pattern, grooves as they are edited here; the same one while nothing of it changes. */
export function chainOf(song: Song): Result<ChainedSong, ChainProblem> {
  const kit = kitOfSong(song);
  const of = [song.parts, kit, ...song.parts.map(part => patternOfPart(part.patternId))];
  if (lastChain?.of.length === of.length && of.every((each, at) => each === lastChain?.of[at]))
    return lastChain.chained;
  const chained = chainSong(song, patternOfPart, kit);
  lastChain = { of, chained };
  return chained;
}

/** Bars of a part's groove; null when it was removed. */
export const barsOfPart = (part: SongPart): number | null =>
  patternOfPart(part.patternId)?.bars.length ?? null;

/** Tick of the open song at which a part begins; 0 for one that does not sound. */
export function startOfPart({ id }: SongPart): number {
  const song = openSong();
  const chained = song && chainOf(song);
  if (!chained?.ok) return 0;
  const { parts, turns } = chained.value;
  return turns.find(({ link }) => parts[link]?.id === id)?.start ?? 0;
}

export const tellTooLong = ({ bars, most }: ChainProblem): void =>
  notify({
    tone: 'warn',
    text: `The song has ${bars} bars; ${most} can be played as one. Take some parts out.`,
  });

/** Stores the song as a groove of its own and opens it. */
export function openSongAsGroove(): void {
  const song = openSong();
  if (!song) return;
  const chained = chainOf(song);
  if (!chained.ok) {
    tellTooLong(chained.failure);
    return;
  }
  const { pattern } = chained.value;
  if (pattern.bars.length === 0) return;
  const id = crypto.randomUUID();
  beginDocument({ id, name: song.name, kitId: kitOfSong(song)?.id ?? song.kitId, trackId: null, pattern });
  setView({ patternId: id });
  notify({
    tone: 'ok',
    text: `${song.name} is a groove of ${pattern.bars.length} bars now; the song stays.`,
  });
}

/** What the export dialog writes: the open song as one pattern while it was opened for that, else the open groove. */
export interface Exported {
  readonly name: string;
  readonly pattern: Pattern;
  readonly kit: Kit;
  readonly trackId: string | null;
}

export function exportSong(): void {
  const song = openSong();
  const chained = song && chainOf(song);
  if (!chained) return;
  if (chained.ok) useView.setState({ isExportOpen: true, isExportOfSong: true });
  else tellTooLong(chained.failure);
}

/** The open song as it is exported; null unless the dialog was opened for it. */
export function exportedSong(): Exported | null {
  const song = useView.getState().isExportOfSong ? openSong() : null;
  const kit = song && kitOfSong(song);
  const chained = song && chainOf(song);
  if (!kit || !chained?.ok || chained.value.turns.length === 0) return null;
  return { name: song.name, pattern: chained.value.pattern, kit, trackId: null };
}
