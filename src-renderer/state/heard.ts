import { bedStems, type PlayedSong, type Score } from '#renderer/playback';
import { type ChainedSong, layerOf } from '#shared/compose';
import { type Pattern, type Song, TempoMap, type Track } from '#shared/model';
import { shownPattern, useDocument } from './document';
import { comparedDecibels } from './kit-compare';
import { useKitDraft } from './kit-draft';
import { isSoloed } from './lanes';
import { useLibrary } from './library';
import { openKitOfPattern } from './score';
import { kitOfSong } from './song-chain';
import { songOfPattern, useSongUnder } from './song-under';
import { useView } from './view';

/** The pattern as it is to be heard: the layer that is chosen, and of that the rows that are soloed if any are. */
function audible(
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
export function currentScore(): Score | null {
  const state = useDocument.getState();
  const shown = shownPattern(state);
  const kit = openKitOfPattern();
  if (!shown || !kit) return null;
  const hits = useLibrary.getState().kitHits[kit.id] ?? [];
  const isCompared = useKitDraft.getState().kit === kit;
  const gainDecibels =
    (state.preview ? 0 : (state.audition?.gainDecibels ?? 0)) + (isCompared ? comparedDecibels() : 0);
  const parts = [shown, kit, hits, gainDecibels, state.layer, state.soloed];
  if (lastScore?.parts.every((part, index) => part === parts[index])) return lastScore.score;
  const pattern = audible(shown, state);
  const sounding = new Set(pattern.notes.filter(note => !note.muted).map(note => note.id));
  const silent = new Set(shown.notes.filter(note => !sounding.has(note.id)).map(note => note.id));
  lastScore = { parts, score: { pattern, kit, hits, gainDecibels, silent } };
  return lastScore.score;
}

let lastSong: { readonly track: Track; readonly bar: number; readonly song: PlayedSong } | undefined;

export function currentSong(): PlayedSong | null {
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

/** A chain of patterns as it is to be heard, on the kit of its song. */
export function songScore({
  song,
  chained,
}: {
  readonly song: Song;
  readonly chained: ChainedSong;
}): Score | null {
  const kit = kitOfSong(song);
  if (!kit) return null;
  const hits = useLibrary.getState().kitHits[kit.id] ?? [];
  const { pattern } = chained;
  const parts = [pattern, kit, hits];
  if (lastScore?.parts.every((part, index) => part === parts[index])) return lastScore.score;
  const silent = new Set(pattern.notes.filter(note => note.muted).map(note => note.id));
  lastScore = { parts, score: { pattern, kit, hits, gainDecibels: 0, silent } };
  return lastScore.score;
}
