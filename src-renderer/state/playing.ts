import { create } from 'zustand';
import {
  PatternPlayer,
  type Place,
  type PlayerProgram,
  type Position,
  type TickSpan,
} from '#renderer/playback';
import { type ChainedSong, turnAt } from '#shared/compose';
import { barStarts, type Pattern, patternTicks, PLAIN_MIX, type Song, type SongPart } from '#shared/model';
import { gainOfDecibels } from '#shared/units';
import { shownPattern, useDocument } from './document';
import { followKitMatch, useKitMatch } from './kit-compare';
import { useKitDraft } from './kit-draft';
import { currentScore, currentSong, songScore } from './heard';
import { loadKitHits, useLibrary } from './library';
import { attempt, notify } from './notices';
import { restoreSongUnder, useSongUnder } from './song-under';
import { chainOf, kitOfSong, tellTooLong } from './song-chain';
import { openSong, useSongs } from './songs';
import { pauseTrack } from './tracks';
import { setView, useView } from './view';

interface PlayingState {
  readonly isPlaying: boolean;
  /** Where the next play begins, in ticks. */
  readonly fromTicks: number;
  /** Which pass of the pattern along the song that is, from 0. */
  readonly along: number;
  /** The song whose parts are played one after another, `fromTicks` counting through all of them; null for the open pattern. */
  readonly songId: string | null;
  /** Whole bars that are played round and round while Loop is on, in ticks; null for all of them. */
  readonly loop: TickSpan | null;
}

export const usePlaying = create<PlayingState>(() => ({
  isPlaying: false,
  fromTicks: 0,
  along: 0,
  songId: null,
  loop: null,
}));

const AT_START = { fromTicks: 0, along: 0, songId: null };

const player = new PatternPlayer({
  onEnd: () => usePlaying.setState({ ...AT_START, isPlaying: false }),
  onSongLost: () =>
    notify({
      tone: 'bad',
      text: 'The song’s stems are no longer in the library: the groove plays without them. Import the song again to have them back.',
    }),
});

/** The player of patterns, for what plays along with it: `follow` tells of strokes ahead of their sound, `positionAt` where it is. */
export const patternPlayer: Pick<
  PatternPlayer,
  'follow' | 'positionAt' | 'clockSeconds' | 'strike' | 'timeAt' | 'millisecondsAt' | 'latencyMs'
> = player;

/** What is heard now, count-in and song included; null while nothing plays. */
export const heardPosition = (): Position | null => player.position();

/** A position that no grid shows. */
const NOWHERE = -1e6;

/** The song that is played or paused; null for the open pattern. */
function playedSong(): { readonly song: Song; readonly chained: ChainedSong } | null {
  const { songId } = usePlaying.getState();
  const song = songId === null ? null : openSong();
  if (song?.id !== songId || !song) return null;
  const chained = chainOf(song);
  return chained.ok && chained.value.turns.length > 0 ? { song, chained: chained.value } : null;
}

const playedTicks = (): number => player.position()?.ticks ?? usePlaying.getState().fromTicks;

/** What plays, or would, and the position in it. */
export function playedPlace(): { readonly pattern: Pattern; readonly ticks: number } | null {
  const pattern = playedSong()?.chained.pattern ?? shownPattern(useDocument.getState());
  return pattern && { pattern, ticks: playedTicks() };
}

/** The part of the song that sounds, or would, and the position within its groove. */
export function playedPart(): {
  readonly part: SongPart;
  /** How many times it was played before. */
  readonly time: number;
  readonly within: number;
  /** The same as a share of the groove, 0 ... 1. */
  readonly share: number;
} | null {
  const chained = playedSong()?.chained;
  const found = chained && turnAt(chained.turns, playedTicks());
  const part = found && chained.parts[found.turn.link];
  if (!part) return null;
  const after = chained.turns[chained.turns.indexOf(found.turn) + 1];
  const length = (after?.start ?? patternTicks(chained.pattern)) - found.turn.start;
  const { within, turn } = found;
  return { part, time: turn.time, within, share: Math.min(1, within / Math.max(1, length)) };
}

/** Position that sounds now or would sound first, in ticks of the open pattern; far before it while another part of a song plays. */
export function patternPosition(): number {
  if (usePlaying.getState().songId === null) return playedTicks();
  const here = playedPart();
  return here?.part.patternId === useDocument.getState().id ? here.within : NOWHERE;
}

function currentProgram(): PlayerProgram | null {
  const isSong = usePlaying.getState().songId !== null;
  const played = isSong ? playedSong() : null;
  const score = isSong ? played && songScore(played) : currentScore();
  if (!score) return null;
  const { isLooping, hasMetronome } = useView.getState();
  const { loop } = usePlaying.getState();
  const under = isSong ? { loop: null, song: null } : { loop, song: currentSong() };
  return { sections: [score], isLooping, hasClick: hasMetronome, ...under };
}

/** Where playing begins: at the cursor, or at the loop's first bar when the cursor lies outside. */
function firstPlace({ sections, loop, isLooping }: PlayerProgram): Place {
  const { fromTicks, along } = usePlaying.getState();
  const pattern = sections[0]?.pattern;
  const isInside = !loop || !isLooping || (fromTicks >= loop.from && fromTicks < loop.to);
  const ticks = isInside ? fromTicks : loop.from;
  return { section: 0, along, ticks: pattern && ticks < patternTicks(pattern) ? ticks : 0 };
}

export async function playPattern(): Promise<void> {
  const program = currentProgram();
  if (!program) return;
  pauseTrack();
  usePlaying.setState({ isPlaying: true });
  const { countInBars, songDecibels, metronomeDecibels } = useView.getState();
  player.setSongLevel(gainOfDecibels(songDecibels));
  player.setClickLevel(metronomeDecibels);
  await attempt('Playing', async () => {
    await player.load(program);
    if (usePlaying.getState().isPlaying) await player.play(firstPlace(program), countInBars);
  });
}

/** Plays the open song from a tick of it, or on from where it was left. */
export async function playSong(from?: number): Promise<void> {
  const song = openSong();
  const kit = song && kitOfSong(song);
  if (!song) return;
  if (!kit) {
    notify({ tone: 'warn', text: `${song.name} has no kit: choose one in the song’s menu.` });
    return;
  }
  const chained = chainOf(song);
  if (!chained.ok) {
    tellTooLong(chained.failure);
    return;
  }
  if (chained.value.turns.length === 0) return;
  if (!useLibrary.getState().kitHits[kit.id]) await attempt('Reading the kit', () => loadKitHits(kit.id));
  const before = usePlaying.getState();
  const fromTicks = from ?? (before.songId === song.id ? before.fromTicks : 0);
  usePlaying.setState({ songId: song.id, fromTicks, along: 0 });
  await playPattern();
}

/** Plays the open song, or pauses it. */
export function toggleSong(): void {
  const { isPlaying, songId } = usePlaying.getState();
  if (isPlaying && songId !== null) pausePattern();
  else void playSong();
}

/** Stops where it is: playing goes on from there. */
export function pausePattern(): void {
  const at = player.position();
  player.stop();
  usePlaying.setState({ isPlaying: false, ...(at ? { fromTicks: at.ticks, along: at.along } : {}) });
}

export function stopPattern(): void {
  player.stop();
  usePlaying.setState({ ...AT_START, isPlaying: false });
}

/** Reads the open groove's kit, so that it can be played by hand. */
export async function readyToPlay(): Promise<void> {
  const program = currentProgram();
  if (program) await attempt('Reading the kit', () => player.load(program));
}

/** Goes to a place of the open pattern; a song that plays gives way to it. */
export function seekPattern(ticks: number): void {
  if (usePlaying.getState().songId !== null) {
    usePlaying.setState({ songId: null, fromTicks: Math.max(0, ticks), along: 0 });
    if (usePlaying.getState().isPlaying) void playPattern();
    return;
  }
  const along = player.position()?.along ?? usePlaying.getState().along;
  usePlaying.setState({ fromTicks: Math.max(0, ticks), along });
  if (usePlaying.getState().isPlaying) void player.play({ section: 0, along, ticks: Math.max(0, ticks) });
}

/** Sets the bars that are played round and round: all that `span` touches; null for the whole pattern. */
export function setLoop(span: TickSpan | null): void {
  const pattern = shownPattern(useDocument.getState());
  const starts = pattern ? barStarts(pattern.bars) : [];
  const from = span && starts.findLast(start => start <= Math.max(0, span.from));
  const to = span && (starts.find(start => start >= span.to) ?? starts.at(-1));
  const isPart = typeof from === 'number' && typeof to === 'number' && from < to;
  usePlaying.setState({ loop: isPart ? { from, to } : null });
  if (isPart && !useView.getState().isLooping) setView({ isLooping: true });
}

/** No count-in, one bar, two bars, and round. */
export const toggleCountIn = (): void => setView({ countInBars: (useView.getState().countInBars + 1) % 3 });

/** Loops the bars of the selected hits; once more, or without a selection, all bars again. */
export function loopSelection(): void {
  const { selection } = useDocument.getState();
  const notes = shownPattern(useDocument.getState())?.notes.filter(({ id }) => selection.has(id)) ?? [];
  const [first] = notes;
  const last = notes.at(-1);
  const before = usePlaying.getState().loop;
  setLoop(first && last ? { from: first.at, to: last.at + 1 } : null);
  const now = usePlaying.getState().loop;
  if (before && now && before.from === now.from && before.to === now.to) setLoop(null);
}

/** Whether nothing but the mix differs, so that no voice need be scheduled anew. */
function isOtherMixOnly(one: Pattern | null, other: Pattern | null): boolean {
  if (!one || !other || one.mix === other.mix) return false;
  const keys = Object.keys(one) as (keyof Pattern)[];
  return keys.every(key => key === 'mix' || one[key] === other[key]);
}

/** The mixer that the open pattern plays through, for its meters; null before anything has sounded. */
export const playedMixer = () => player.mixer;

/** Keeps what sounds in step with what is drawn while it plays; returns the undo. */
export function followWhilePlaying(): () => void {
  const reload = (): void => {
    if (!usePlaying.getState().isPlaying) return;
    const program = currentProgram();
    if (program) void attempt('Playing', () => player.load(program));
  };
  const layOnSong = (): void => {
    const { id } = useDocument.getState();
    void attempt('Reading where the groove lies on the song', () => restoreSongUnder(id));
  };
  layOnSong();
  const undo = [
    useDocument.subscribe((now, before) => {
      const isSong = usePlaying.getState().songId !== null;
      if (now.id !== before.id) {
        if (!isSong) stopPattern();
        usePlaying.setState({ loop: null });
        layOnSong();
      } else if (!isSong && isOtherMixOnly(shownPattern(now), shownPattern(before))) {
        player.setMix(shownPattern(now)?.mix ?? PLAIN_MIX);
      } else if (
        shownPattern(now) !== shownPattern(before) ||
        now.layer !== before.layer ||
        now.soloed !== before.soloed ||
        now.kitId !== before.kitId
      ) {
        reload();
      }
    }),
    usePlaying.subscribe((now, before) => {
      if (now.loop !== before.loop) reload();
    }),
    useSongUnder.subscribe((now, before) => {
      if (now.bar !== before.bar) reload();
    }),
    useSongs.subscribe((now, before) => {
      if (usePlaying.getState().songId !== null && now.histories !== before.histories) reload();
    }),
    useView.subscribe((now, before) => {
      const { songId } = usePlaying.getState();
      if (songId !== null && now.songId !== before.songId) stopPattern();
    }),
    useKitDraft.subscribe((now, before) => {
      if (now.kit !== before.kit) reload();
    }),
    followKitMatch(),
    useKitMatch.subscribe(reload),
    useLibrary.subscribe((now, before) => {
      const hasOtherParts = usePlaying.getState().songId !== null && now.patterns !== before.patterns;
      if (
        hasOtherParts ||
        now.kitHits !== before.kitHits ||
        (now.tracks !== before.tracks && useView.getState().hasSong)
      )
        reload();
    }),
    useView.subscribe((now, before) => {
      if (now.songDecibels !== before.songDecibels) player.setSongLevel(gainOfDecibels(now.songDecibels));
      if (now.metronomeDecibels !== before.metronomeDecibels) player.setClickLevel(now.metronomeDecibels);
      if (
        now.isLooping !== before.isLooping ||
        now.hasMetronome !== before.hasMetronome ||
        now.hasSong !== before.hasSong ||
        (now.hasSong && now.trackId !== before.trackId)
      )
        reload();
    }),
  ];
  return () => {
    for (const stop of undo) stop();
  };
}
