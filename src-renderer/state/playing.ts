import { create } from 'zustand';
import {
  bedStems,
  PatternPlayer,
  type Place,
  type PlayedSong,
  type PlayerProgram,
  type Position,
  type Score,
  type TickSpan,
} from '#renderer/playback';
import { layerOf } from '#shared/compose';
import { barStarts, type Pattern, patternTicks, PLAIN_MIX, TempoMap, type Track } from '#shared/model';
import { gainOfDecibels } from '#shared/units';
import { shownPattern, useDocument } from './document';
import { useKitDraft } from './kit-draft';
import { isSoloed } from './lanes';
import { useLibrary } from './library';
import { attempt, notify } from './notices';
import { openKitOfPattern } from './score';
import { restoreSongUnder, songOfPattern, useSongUnder } from './song-under';
import { pauseTrack } from './tracks';
import { setView, useView } from './view';

interface PlayingState {
  readonly isPlaying: boolean;
  /** Where the next play begins, in ticks. */
  readonly fromTicks: number;
  /** Which pass of the pattern along the song that is, from 0. */
  readonly along: number;
  /** Whole bars that are played round and round while Loop is on, in ticks; null for all of them. */
  readonly loop: TickSpan | null;
}

export const usePlaying = create<PlayingState>(() => ({
  isPlaying: false,
  fromTicks: 0,
  along: 0,
  loop: null,
}));

const player = new PatternPlayer({
  onEnd: () => usePlaying.setState({ isPlaying: false, fromTicks: 0, along: 0 }),
  onSongLost: () =>
    notify({
      tone: 'bad',
      text: 'The song’s stems are no longer in the library: the groove plays without them. Import the song again to have them back.',
    }),
});

/** The player of patterns, for what plays along with it: `follow` tells of strokes ahead of their sound, `positionAt` where it is. */
export const patternPlayer: Pick<PatternPlayer, 'follow' | 'positionAt' | 'clockSeconds'> = player;

/** What is heard now, count-in and song included; null while nothing plays. */
export const heardPosition = (): Position | null => player.position();

/** Position that sounds now or would sound first, in ticks of the pattern. */
export const patternPosition = (): number => player.position()?.ticks ?? usePlaying.getState().fromTicks;

/** The pattern as it is to be heard: the layer that is chosen, and of that the rows that are soloed if any are. */
export function audible(
  pattern: Pattern,
  { layer, soloed }: Pick<ReturnType<typeof useDocument.getState>, 'layer' | 'soloed'>,
): Pattern {
  const layered = layerOf(pattern, layer);
  return soloed.size === 0
    ? layered
    : { ...layered, notes: layered.notes.filter(note => isSoloed(note, soloed)) };
}

let lastScore: { readonly parts: readonly unknown[]; readonly score: Score } | undefined;

/** The same object while nothing of it changes, so that its voices need not be scheduled anew. */
function currentScore(): Score | null {
  const state = useDocument.getState();
  const shown = shownPattern(state);
  const kit = openKitOfPattern();
  if (!shown || !kit) return null;
  const hits = useLibrary.getState().kitHits[kit.id] ?? [];
  const gainDecibels = state.preview ? 0 : (state.audition?.gainDecibels ?? 0);
  const parts = [shown, kit, hits, gainDecibels, state.layer, state.soloed];
  if (lastScore?.parts.every((part, index) => part === parts[index])) return lastScore.score;
  const pattern = audible(shown, state);
  const sounding = new Set(pattern.notes.filter(note => !note.muted).map(note => note.id));
  const silent = new Set(shown.notes.filter(note => !sounding.has(note.id)).map(note => note.id));
  lastScore = { parts, score: { pattern, kit, hits, gainDecibels, silent } };
  return lastScore.score;
}

let lastSong: { readonly track: Track; readonly bar: number; readonly song: PlayedSong } | undefined;

function currentSong(): PlayedSong | null {
  const track = useView.getState().hasSong ? songOfPattern() : null;
  if (!track?.tempo) return null;
  const { bar } = useSongUnder.getState();
  if (lastSong?.track === track && lastSong.bar === bar) return lastSong.song;
  const map = new TempoMap(track.tempo);
  const { seconds, sampleRate } = track;
  const song = { map, bars: map.bars(seconds), bar, seconds, sampleRate, stems: bedStems(track.stems) };
  lastSong = { track, bar, song };
  return song;
}

function currentProgram(): PlayerProgram | null {
  const score = currentScore();
  if (!score) return null;
  const { isLooping, hasMetronome } = useView.getState();
  const { loop } = usePlaying.getState();
  return { sections: [score], isLooping, loop, hasClick: hasMetronome, song: currentSong() };
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

/** Stops where it is: playing goes on from there. */
export function pausePattern(): void {
  const at = player.position();
  player.stop();
  usePlaying.setState({ isPlaying: false, ...(at ? { fromTicks: at.ticks, along: at.along } : {}) });
}

export function stopPattern(): void {
  player.stop();
  usePlaying.setState({ isPlaying: false, fromTicks: 0, along: 0 });
}

export function seekPattern(ticks: number): void {
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
      if (now.id !== before.id) {
        stopPattern();
        usePlaying.setState({ loop: null });
        layOnSong();
      } else if (isOtherMixOnly(shownPattern(now), shownPattern(before))) {
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
    useKitDraft.subscribe((now, before) => {
      if (now.kit !== before.kit) reload();
    }),
    useLibrary.subscribe((now, before) => {
      if (now.kitHits !== before.kitHits || (now.tracks !== before.tracks && useView.getState().hasSong))
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
