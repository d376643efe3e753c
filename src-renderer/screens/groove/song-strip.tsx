import { ListMusic, Pause, Play, Plus } from 'lucide-react';
import { type FocusEvent, useEffect, useRef, useState } from 'react';
import {
  addOpenGroove,
  barsOfPart,
  chooseSong,
  choosePart,
  duplicatePart,
  keysOf,
  movePart,
  openSongAsGroove,
  playedPart,
  playSong,
  redoSongChange,
  removePart,
  removeSong,
  beginSong,
  setPart,
  toggleSong,
  startOfPart,
  undoSongChange,
  useCommands,
  useDocument,
  useLibrary,
  useOpenSong,
  usePlaying,
  useSongMarks,
  useSongs,
  exportSong,
  attempt,
} from '#renderer/state';
import {
  Button,
  count,
  IconButton,
  MenuButton,
  type MenuPart,
  NumberField,
  Picker,
  useFrames,
} from '#renderer/ui';
import type { Song, SongPart } from '#shared/model';
import { SongDialog } from './song-dialog';
import { SongPartButton } from './song-part';
import { usePartDrag } from './use-part-drag';

const MOST_TIMES = 64;
const LAYERS = [
  { value: 'core', name: 'Core' },
  { value: 'core-accent', name: 'Core + Accent' },
  { value: 'full', name: 'Full' },
] as const;

/** The song above the grid: its grooves one after another. */
export function SongStrip() {
  const song = useOpenSong();
  const songs = useLibrary(state => state.songs);
  const [isNaming, setNaming] = useState(false);
  return (
    <section
      aria-label="Song"
      data-panel=""
      className="flex h-10 shrink-0 items-center gap-1.5 border-b border-line bg-bg-1 px-3 whitespace-nowrap"
    >
      {song ? (
        <SongParts song={song} songs={songs} onName={() => setNaming(true)} />
      ) : (
        <NoSong songs={songs} />
      )}
      {song && isNaming ? <SongDialog song={song} onClose={() => setNaming(false)} /> : null}
    </section>
  );
}

function NoSong({ songs }: { readonly songs: readonly Song[] }) {
  const name = useDocument(state => state.name);
  return (
    <>
      <ListMusic size={16} strokeWidth={1.4} aria-hidden="true" className="text-ink-3" />
      <span className="min-w-0 truncate text-ink-3">Grooves one after another make a song.</span>
      <span className="flex-1" />
      {songs.length > 0 ? (
        <Picker
          label="Song"
          value={null}
          placeholder="Open a song"
          choices={songs.map(one => ({ value: one.id, name: one.name }))}
          onChange={chooseSong}
          className="w-36"
        />
      ) : null}
      <Button look="line" onPress={() => void attempt('Beginning a song', beginSong)}>
        Begin one with {name.length > 24 ? 'this groove' : name}
      </Button>
    </>
  );
}

interface PartsProps {
  readonly song: Song;
  readonly songs: readonly Song[];
  readonly onName: () => void;
}

function SongParts({ song, songs, onName }: PartsProps) {
  const chosenId = useSongs(state => state.part);
  const chosen = song.parts.find(({ id }) => id === chosenId) ?? null;
  const isPlaying = usePlaying(state => state.isPlaying && state.songId === song.id);
  const openId = useDocument(state => state.id);
  const root = useRef<HTMLDivElement>(null);
  const [hasFocus, setFocus] = useState(false);
  const drag = usePartDrag(song.parts);
  // Names and lengths of the grooves are read when the library or the open groove changes.
  useLibrary(state => state.patterns);
  useDocument(state => state.history?.pattern.bars);
  useDocument(state => state.name);
  useKeptFocus(root, chosenId, song.parts, hasFocus);
  const bars = song.parts.reduce((sum, part) => sum + (barsOfPart(part) ?? 0) * part.times, 0);
  const first = chosen ?? song.parts[0] ?? null;
  return (
    <div
      ref={root}
      className="flex min-w-0 flex-1 items-center gap-1.5"
      onFocus={() => setFocus(true)}
      onBlur={(event: FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocus(false);
      }}
    >
      {hasFocus ? <SongKeys song={song} chosen={chosen} /> : null}
      <IconButton
        label={isPlaying ? 'Pause the song' : 'Play the song'}
        keys={keysOf('song-play')}
        isDisabled={bars === 0}
        onPress={toggleSong}
      >
        {isPlaying ? (
          <Pause size={14} fill="currentColor" aria-hidden="true" />
        ) : (
          <Play size={14} fill="currentColor" aria-hidden="true" />
        )}
      </IconButton>
      <Picker
        label="Song"
        value={song.id}
        choices={songs.map(one => ({ value: one.id, name: one.id === song.id ? song.name : one.name }))}
        onChange={chooseSong}
        strong
        className="w-27 shrink-0 wide:w-30"
      />
      <div
        data-keys="song"
        className="relative flex min-w-0 flex-1 overflow-x-auto py-1 [scrollbar-width:none]"
      >
        {song.parts.length === 0 ? (
          <span className="px-2 text-ink-3">No part yet: open a groove and add it.</span>
        ) : null}
        <ol
          aria-label={`Parts of ${song.name}, ${count(bars, 'bar')}`}
          className="flex min-w-0 flex-1 gap-px"
        >
          {song.parts.map((part, at) => (
            <SongPartButton
              key={part.id}
              part={part}
              at={at}
              count={song.parts.length}
              isStop={part === first}
              isChosen={part === chosen}
              isOpen={part.patternId === openId}
              marker={drag.markerOf(at)}
              {...drag.handlers}
            />
          ))}
        </ol>
        <Playhead isPlaying={isPlaying} songId={song.id} />
      </div>
      <IconButton label="Add the open groove" keys={keysOf('song-add')} onPress={() => void addOpenGroove()}>
        <Plus size={16} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
      {chosen ? <PartFields part={chosen} /> : null}
      <SongMenu song={song} chosen={chosen} onName={onName} />
    </div>
  );
}

/** The focus stays on the chosen part when it moves or another takes its place. */
function useKeptFocus(
  root: { readonly current: HTMLElement | null },
  chosen: string | null,
  parts: readonly SongPart[],
  hasFocus: boolean,
): void {
  const wanted = useRef(false);
  useEffect(() => {
    wanted.current = hasFocus;
  });
  useEffect(() => {
    const active = document.activeElement;
    const isOnPart = active === document.body || active?.closest('[data-keys="song"]');
    if (!wanted.current || !isOnPart || chosen === null) return;
    root.current?.querySelector<HTMLElement>(`[data-part="${chosen}"]`)?.focus();
  }, [root, chosen, parts]);
}

function PartFields({ part }: { readonly part: SongPart }) {
  return (
    <>
      <NumberField
        label="Times the part is played"
        prefix="×"
        value={part.times}
        minimum={1}
        maximum={MOST_TIMES}
        className="w-14"
        onCommit={times => setPart(part, { times: Math.round(times) })}
      />
      <Picker
        label="Layer of the part"
        value={part.layer}
        choices={LAYERS}
        onChange={layer => setPart(part, { layer })}
        className="w-33 shrink-0"
      />
    </>
  );
}

/** What keys do while the focus is in the strip: undo and redo are the song's then. */
function SongKeys({ song, chosen }: { readonly song: Song; readonly chosen: SongPart | null }) {
  const at = song.parts.findIndex(part => part === chosen);
  const choose = (by: number): void => {
    const to = song.parts[Math.max(0, Math.min(song.parts.length - 1, at + by))];
    if (to) choosePart(to.id);
  };
  useCommands({
    undo: undoSongChange,
    redo: redoSongChange,
    'part-previous': () => choose(-1),
    'part-next': () => choose(1),
    'part-earlier': () => chosen && movePart(chosen, at - 1),
    'part-later': () => chosen && movePart(chosen, at + 1),
    'part-duplicate': () => chosen && duplicatePart(chosen),
    'part-remove': () => chosen && removePart(chosen),
    'part-play': () => chosen && void playSong(startOfPart(chosen)),
  });
  return null;
}

function SongMenu({
  song,
  chosen,
  onName,
}: Omit<PartsProps, 'songs'> & { readonly chosen: SongPart | null }) {
  const marks = useSongMarks();
  const at = song.parts.findIndex(part => part === chosen);
  const isEmpty = song.parts.length === 0;
  const partChoices = chosen
    ? [
        {
          id: 'play',
          name: 'Play from here',
          keys: keysOf('part-play'),
          run: () => void playSong(startOfPart(chosen)),
        },
        { id: 'twice', name: 'Duplicate', keys: keysOf('part-duplicate'), run: () => duplicatePart(chosen) },
        {
          id: 'earlier',
          name: 'Move earlier',
          keys: keysOf('part-earlier'),
          isDisabled: at === 0,
          run: () => movePart(chosen, at - 1),
        },
        {
          id: 'later',
          name: 'Move later',
          keys: keysOf('part-later'),
          isDisabled: at === song.parts.length - 1,
          run: () => movePart(chosen, at + 1),
        },
        { id: 'away', name: 'Remove', keys: keysOf('part-remove'), run: () => removePart(chosen) },
      ]
    : [];
  const parts = (): readonly MenuPart[] => [
    ...(chosen ? [{ name: 'Part', choices: partChoices }] : []),
    {
      name: 'Taking back',
      choices: [
        {
          id: 'undo',
          name: `Undo: ${marks.undo ?? 'nothing'}`,
          isDisabled: !marks.undo,
          run: undoSongChange,
        },
        {
          id: 'redo',
          name: `Redo: ${marks.redo ?? 'nothing'}`,
          isDisabled: !marks.redo,
          run: redoSongChange,
        },
      ],
    },
    {
      name: 'Song',
      choices: [
        { id: 'export', name: 'Export the song', isDisabled: isEmpty, run: exportSong },
        { id: 'groove', name: 'Open as one groove', isDisabled: isEmpty, run: openSongAsGroove },
        { id: 'name', name: 'Name and kit', run: onName },
      ],
    },
    {
      name: 'Songs',
      choices: [
        { id: 'new', name: 'New song', run: () => void attempt('Beginning a song', beginSong) },
        { id: 'remove', name: `Remove ${song.name}`, run: () => void removeSong(song.id) },
      ],
    },
  ];
  return <MenuButton name="Song" label="Song and part" parts={parts} />;
}

/** Where the song stands, on the part that sounds. */
function Playhead({ isPlaying, songId }: { readonly isPlaying: boolean; readonly songId: string }) {
  const line = useRef<HTMLDivElement>(null);
  const isHere = usePlaying(state => state.songId === songId);
  const fromTicks = usePlaying(state => state.fromTicks);
  const move = (): void => {
    const element = line.current;
    const here = isHere ? playedPart() : null;
    if (!element) return;
    element.hidden = here === null;
    const box =
      here &&
      element.parentElement?.querySelector<HTMLElement>(`[data-part="${here.part.id}"]`)?.parentElement;
    if (!here || !box) return;
    const x = box.offsetLeft + (box.offsetWidth * (here.time + here.share)) / here.part.times;
    element.style.transform = `translateX(${Math.round(x)}px)`;
  };
  useEffect(move, [isHere, fromTicks, isPlaying]);
  useFrames(isPlaying, move);
  return (
    <div
      ref={line}
      data-song-playhead=""
      className="pointer-events-none absolute inset-y-0 left-0 w-px bg-ink-1 will-change-transform"
    />
  );
}
