import { PEAK_FRAMES, studio } from '#renderer/bridge';
import { StemPlayer } from '#renderer/playback';
import type { Track } from '#shared/model';
import { create } from 'zustand';
import { attempt, notify } from './notices';
import { heardLevel, noteMissingStems, restoreStemMix, soundingStems, useStemMix } from './stems';
import { useView } from './view';

/** How the selected track is heard. */
interface TrackPlayState {
  readonly isPlaying: boolean;
  /** Where playing starts, and where the cursor stands while stopped, in seconds. */
  readonly cursorSeconds: number;
}

export const useTrackPlay = create<TrackPlayState>(() => ({ isPlaying: false, cursorSeconds: 0 }));

const player = new StemPlayer({
  onEnd: () => useTrackPlay.setState({ isPlaying: false, cursorSeconds: 0 }),
  onMissing: kinds => {
    if (noteMissingStems(kinds).length === 0) return;
    notify({
      tone: 'bad',
      text: 'Some of the stems are no longer in the library: the others play without them. Import the song again to have them back.',
    });
  },
});
let playing: Track | null = null;

/** Meters of stems: what they read, and the audio clock by which they fall. */
export const stemMeters: Pick<StemPlayer, 'read' | 'clockSeconds'> = player;

export const trackPosition = (): number =>
  player.isPlaying ? player.positionSeconds() : useTrackPlay.getState().cursorSeconds;

/** Seconds of the playing track at a time of the audio clock. */
export const trackSecondsAt = (time: number): number | null => player.secondsAt(time);

const playedStems = (track: Track) => ({
  stems: soundingStems(track),
  sampleRate: track.sampleRate,
  loop: useView.getState().isLooping ? useStemMix.getState().loop : null,
});

function applyLevels(): void {
  const mix = useStemMix.getState();
  for (const { kind } of playing?.stems ?? []) player.setLevel(kind, heardLevel(mix, kind));
}

export async function playTrack(
  track: Track,
  fromSeconds = useTrackPlay.getState().cursorSeconds,
): Promise<void> {
  playing = track;
  useTrackPlay.setState({ isPlaying: true, cursorSeconds: fromSeconds });
  await attempt('Reading how the stems are heard', () => restoreStemMix(track.id));
  if (playing !== track || !useTrackPlay.getState().isPlaying) return;
  applyLevels();
  await attempt(`Playing ${track.name}`, () => player.play(playedStems(track), fromSeconds));
}

export function pauseTrack(): void {
  if (player.isPlaying) useTrackPlay.setState({ cursorSeconds: player.positionSeconds() });
  player.stop();
  useTrackPlay.setState({ isPlaying: false });
}

export function seekTrack(track: Track, seconds: number): void {
  const to = Math.min(Math.max(0, seconds), track.seconds);
  if (useTrackPlay.getState().isPlaying) void playTrack(track, to);
  else useTrackPlay.setState({ cursorSeconds: to });
}

/** Another track is another beginning. */
export function leaveTrack(): void {
  playing = null;
  player.forget();
  useTrackPlay.setState({ isPlaying: false, cursorSeconds: 0 });
}

/** Keeps what sounds in step with how the stems are to be heard; returns the undo. */
export function followStemMix(): () => void {
  const takeUp = (trackId: string | null): void => {
    if (trackId !== null) void attempt('Reading how the stems are heard', () => restoreStemMix(trackId));
  };
  const changeLoop = (): void => {
    const track = playing;
    if (track && player.isPlaying) {
      void attempt(`Playing ${track.name}`, () => player.changeLoop(playedStems(track)));
    }
  };
  takeUp(useView.getState().trackId);
  const undo = [
    useStemMix.subscribe((now, before) => {
      if (now.stems !== before.stems) applyLevels();
      if (now.loop !== before.loop && now.trackId === before.trackId) changeLoop();
    }),
    useView.subscribe((now, before) => {
      if (now.trackId !== before.trackId) takeUp(now.trackId);
      if (now.isLooping !== before.isLooping && useStemMix.getState().loop) changeLoop();
    }),
  ];
  return () => {
    for (const stop of undo) stop();
  };
}

/** Takes a track out of the library; the user's own file is never touched. */
export function removeTrack(track: Track): void {
  notify({
    tone: 'warn',
    text: `Remove ${track.name} from the library? Its slices and stems go; the file stays where it is, and so do kits and grooves.`,
    action: {
      name: 'Remove',
      run: () => {
        leaveTrack();
        void attempt('Removing the track', () => studio.removeTrack.mutate({ trackId: track.id }));
      },
    },
  });
}

/** Seconds that one pair of a stem's peaks covers. */
export const peakSeconds = (track: Track): number => PEAK_FRAMES / track.sampleRate;
