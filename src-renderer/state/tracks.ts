import { PEAK_FRAMES, studio } from '#renderer/bridge';
import { StemPlayer } from '#renderer/playback';
import type { Stem, StemKind, Track } from '#shared/model';
import { create } from 'zustand';
import { attempt, notify } from './notices';

/** How the selected track is heard. */
interface TrackPlayState {
  readonly isPlaying: boolean;
  /** Where playing starts, and where the cursor stands while stopped, in seconds. */
  readonly cursorSeconds: number;
  readonly muted: Readonly<Partial<Record<StemKind, boolean>>>;
  readonly soloed: StemKind | null;
}

export const useTrackPlay = create<TrackPlayState>(() => ({
  isPlaying: false,
  cursorSeconds: 0,
  muted: {},
  soloed: null,
}));

const player = new StemPlayer(() => useTrackPlay.setState({ isPlaying: false, cursorSeconds: 0 }));

export const trackPosition = (): number =>
  player.isPlaying ? player.positionSeconds() : useTrackPlay.getState().cursorSeconds;

/** Drums and the rest add up to the mix, so they are what plays; the mix itself only while there are no stems yet. */
function soundingStems(track: Track): readonly Stem[] {
  const parts = track.stems.filter(stem => stem.kind !== 'mix');
  return parts.length > 0 ? parts : track.stems;
}

function applyLevels(): void {
  const { muted, soloed } = useTrackPlay.getState();
  for (const kind of ['mix', 'drums', 'residual'] as const) {
    const isHeard = (soloed === null || soloed === kind) && muted[kind] !== true;
    player.setLevel(kind, isHeard ? 1 : 0);
  }
}

export async function playTrack(
  track: Track,
  fromSeconds = useTrackPlay.getState().cursorSeconds,
): Promise<void> {
  useTrackPlay.setState({ isPlaying: true, cursorSeconds: fromSeconds });
  applyLevels();
  await attempt(`Playing ${track.name}`, () =>
    player.play(soundingStems(track), track.sampleRate, fromSeconds),
  );
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
  pauseTrack();
  useTrackPlay.setState({ cursorSeconds: 0, soloed: null, muted: {} });
}

export function toggleStemMute(kind: StemKind): void {
  useTrackPlay.setState(({ muted }) => ({ muted: { ...muted, [kind]: muted[kind] !== true } }));
  applyLevels();
}

export function toggleStemSolo(kind: StemKind): void {
  useTrackPlay.setState(({ soloed }) => ({ soloed: soloed === kind ? null : kind }));
  applyLevels();
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
