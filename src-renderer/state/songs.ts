import { create } from 'zustand';
import { studio } from '#renderer/bridge';
import {
  commitSong,
  redoSong,
  type SongHistory,
  songHistoryOf,
  undoSong,
  withPart,
  withPartAt,
} from '#shared/compose';
import type { Song, SongPart } from '#shared/model';
import { useDocument } from './document';
import { useLibrary } from './library';
import { attempt, notify, sentenceOf } from './notices';
import { openPattern } from './open';
import { setView, useView } from './view';

interface SongsState {
  /** What was done to songs since this window has them, by their id; it outdoes what the library says. */
  readonly histories: Readonly<Record<string, SongHistory>>;
  /** The part that keys act on. */
  readonly part: string | null;
}

export const useSongs = create<SongsState>(() => ({ histories: {}, part: null }));

const songIn = (songs: readonly Song[], { histories }: SongsState, songId: string | null): Song | null => {
  const stored = songs.find(({ id }) => id === songId);
  return stored ? (histories[stored.id]?.song ?? stored) : null;
};

export const openSong = (): Song | null =>
  songIn(useLibrary.getState().songs, useSongs.getState(), useView.getState().songId);

export function useOpenSong(): Song | null {
  const songs = useLibrary(state => state.songs);
  const state = useSongs();
  return songIn(
    songs,
    state,
    useView(view => view.songId),
  );
}

/** The open song's last gesture and the next one that was taken back, as the menu calls them. */
export function useSongMarks(): { readonly undo: string | null; readonly redo: string | null } {
  const history = useSongs(({ histories }) => histories[useView.getState().songId ?? '']);
  return { undo: history?.undo.at(-1)?.label ?? null, redo: history?.redo.at(-1)?.label ?? null };
}

export function chooseSong(songId: string): void {
  useSongs.setState({ part: null });
  setView({ songId, isSongOpen: true });
}

export const choosePart = (part: string | null): void => useSongs.setState({ part });

const LONGEST_NAME = 120;

const partOf = (patternId: string): SongPart => ({
  id: crypto.randomUUID(),
  patternId,
  times: 1,
  layer: 'full',
});

function nameOfNewSong(): string {
  const names = new Set(useLibrary.getState().songs.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = `Song ${number}`;
    if (!names.has(name)) return name;
  }
}

/** Begins a song with the open groove, on its kit. */
export async function beginSong(): Promise<void> {
  const { id, kitId } = useDocument.getState();
  const part = id === null ? null : partOf(id);
  const song: Song = {
    id: crypto.randomUUID(),
    name: nameOfNewSong(),
    kitId,
    parts: part ? [part] : [],
  };
  await keepSong(song);
  chooseSong(song.id);
  choosePart(part?.id ?? null);
}

async function keepSong(song: Song): Promise<void> {
  useLibrary.setState(({ songs }) => ({
    songs: songs.some(({ id }) => id === song.id)
      ? songs.map(other => (other.id === song.id ? song : other))
      : [...songs, song],
  }));
  await studio.saveSong.mutate(song);
}

/** Takes a song out of the library; it can be had back as long as the message stays. */
export async function removeSong(songId: string): Promise<void> {
  const song = songIn(useLibrary.getState().songs, useSongs.getState(), songId);
  if (!song) return;
  unsaved.delete(songId);
  await attempt('Removing the song', async () => {
    await studio.removeSong.mutate({ songId });
    useLibrary.setState(({ songs }) => ({ songs: songs.filter(({ id }) => id !== songId) }));
    if (useView.getState().songId === songId)
      setView({ songId: useLibrary.getState().songs.at(-1)?.id ?? null });
    const back = async (): Promise<void> => {
      await keepSong(song);
      chooseSong(songId);
    };
    notify({
      tone: 'info',
      text: `${song.name} is removed; its grooves stay.`,
      action: { name: 'Have it back', run: () => void attempt('Having the song back', back) },
    });
  });
}

const SAVE_AFTER_MS = 400;
const unsaved = new Set<string>();
let saving: ReturnType<typeof setTimeout> | undefined;

function take(next: SongHistory): void {
  const { id } = next.song;
  if (next === useSongs.getState().histories[id]) return;
  useSongs.setState(({ histories }) => ({ histories: { ...histories, [id]: next } }));
  unsaved.add(id);
  clearTimeout(saving);
  saving = setTimeout(() => void saveSongs(), SAVE_AFTER_MS);
}

/** Stores what was done to songs. */
export async function saveSongs(): Promise<void> {
  clearTimeout(saving);
  const waiting = Array.from(unsaved);
  for (const id of waiting) {
    const song = useSongs.getState().histories[id]?.song;
    unsaved.delete(id);
    if (!song) continue;
    try {
      await keepSong(song);
    } catch (error) {
      unsaved.add(id);
      notify({
        tone: 'bad',
        text: `${song.name} could not be saved: ${sentenceOf(error)}. It is kept in this window.`,
        action: { name: 'Save again', run: () => void saveSongs() },
      });
    }
  }
}

/** Saves before the window is left, and takes over what another window did to a song; returns the undo. */
export function followSongs(): () => void {
  const save = (): void => void saveSongs();
  window.addEventListener('pagehide', save);
  window.addEventListener('blur', save);
  const stop = useLibrary.subscribe((now, before) => {
    if (now.songs === before.songs) return;
    const { histories } = useSongs.getState();
    const isOurs = (song: Song): boolean => {
      const own = histories[song.id]?.song;
      return !own || unsaved.has(song.id) || JSON.stringify(own) === JSON.stringify(song);
    };
    const others = new Set(now.songs.filter(song => !isOurs(song)).map(({ id }) => id));
    if (others.size === 0) return;
    const kept = Object.entries(histories).filter(([id]) => !others.has(id));
    useSongs.setState({ histories: Object.fromEntries(kept) });
  });
  return () => {
    window.removeEventListener('pagehide', save);
    window.removeEventListener('blur', save);
    stop();
  };
}

/** Makes one undo step of what `change` does to the open song; a repeat of it joins that step where `joins`. */
function changeSong(label: string, change: (song: Song) => Song, joins = false): void {
  const song = openSong();
  if (!song) return;
  const history = useSongs.getState().histories[song.id] ?? songHistoryOf(song);
  take(commitSong(history, label, change(song), joins));
}

function step(move: (history: SongHistory) => SongHistory): void {
  const song = openSong();
  const history = song && useSongs.getState().histories[song.id];
  if (history) take(move(history));
}

export const undoSongChange = (): void => step(undoSong);
export const redoSongChange = (): void => step(redoSong);

/** The name of a part's groove; null when that was removed. */
export function nameOfPart({ patternId }: Pick<SongPart, 'patternId'>): string | null {
  const { id, name } = useDocument.getState();
  if (id === patternId) return name;
  return useLibrary.getState().patterns.find(one => one.id === patternId)?.name ?? null;
}

/** What a removed groove's part is called. */
const MISSING = 'the missing groove';
const spokenName = (part: SongPart): string => nameOfPart(part) ?? MISSING;

/** Adds the open groove after the chosen part, or at the end. */
export async function addOpenGroove(): Promise<void> {
  if (!openSong()) {
    await attempt('Beginning a song', beginSong);
    return;
  }
  const { id, name } = useDocument.getState();
  if (id === null) return;
  const part = partOf(id);
  const { part: after } = useSongs.getState();
  changeSong(`Add ${name} to the song`, song => ({ ...song, parts: withPart(song.parts, part, after) }));
  choosePart(part.id);
}

export function duplicatePart(part: SongPart): void {
  const copy = { ...part, id: crypto.randomUUID() };
  changeSong(`Duplicate ${spokenName(part)}`, song => ({
    ...song,
    parts: withPart(song.parts, copy, part.id),
  }));
  choosePart(copy.id);
}

export function movePart(part: SongPart, to: number): void {
  changeSong(
    `Move ${spokenName(part)}`,
    song => ({ ...song, parts: withPartAt(song.parts, part.id, to) }),
    true,
  );
}

export function removePart(part: SongPart): void {
  const parts = openSong()?.parts ?? [];
  const at = parts.findIndex(({ id }) => id === part.id);
  changeSong(`Remove ${spokenName(part)} from the song`, song => ({
    ...song,
    parts: song.parts.filter(({ id }) => id !== part.id),
  }));
  choosePart((parts[at + 1] ?? parts[at - 1])?.id ?? null);
}

export function setPart(part: SongPart, change: Partial<Pick<SongPart, 'times' | 'layer'>>): void {
  const what = change.times === undefined ? 'Layer' : 'Times';
  changeSong(
    `${what} of ${spokenName(part)}`,
    song => ({ ...song, parts: song.parts.map(one => (one.id === part.id ? { ...one, ...change } : one)) }),
    change.times !== undefined,
  );
}

export const renameSong = (name: string): void =>
  changeSong(`Call the song ${name}`, song => ({ ...song, name: name.slice(0, LONGEST_NAME) }));

export const setSongKit = (kitId: string): void =>
  changeSong('Change the song’s kit', song => ({ ...song, kitId }));

/** Shows the groove of a part in the grid. */
export function openPart(part: SongPart): void {
  choosePart(part.id);
  if (nameOfPart(part) !== null) openPattern(part.patternId);
}
