import {
  pausePattern,
  pauseSample,
  pauseTrack,
  playPattern,
  playSample,
  playTrack,
  type Screen,
  type ShownSample,
  stopPattern,
  useDocument,
  usePlaying,
  useSamplePlay,
  useTrack,
  useTrackPlay,
  useView,
} from '#renderer/state';
import type { Track } from '#shared/model';

/** What the transport plays: the song on the screens that look at it, the groove on those that make it, the sample among datasets. */
export type TransportSource =
  | { readonly kind: 'track'; readonly track: Track }
  | { readonly kind: 'pattern' }
  | { readonly kind: 'sample'; readonly sample: ShownSample }
  | { readonly kind: 'nothing' };

const SONG_SCREENS: ReadonlySet<Screen> = new Set(['library', 'slices']);

interface Transport {
  readonly source: TransportSource;
  readonly isPlaying: boolean;
  readonly toggle: () => void;
  readonly stop: () => void;
}

export function useTransport(): Transport {
  const screen = useView(state => state.screen);
  const track = useTrack();
  const hasPattern = useDocument(state => state.history !== null);
  const isTrackPlaying = useTrackPlay(state => state.isPlaying);
  const isPatternPlaying = usePlaying(state => state.isPlaying);
  const sample = useSamplePlay(state => state.sample);
  const isSamplePlaying = useSamplePlay(state => state.isPlaying);
  const prefersSong = SONG_SCREENS.has(screen);
  const isSong =
    track !== undefined && (isTrackPlaying || (!isPatternPlaying && (prefersSong || !hasPattern)));
  const isSample =
    sample !== null &&
    (isSamplePlaying ||
      (screen === 'dataset' && !isTrackPlaying && !isPatternPlaying && sample.audio !== null));
  const source: TransportSource = isSample
    ? { kind: 'sample', sample }
    : isSong
      ? { kind: 'track', track }
      : { kind: hasPattern && (isPatternPlaying || screen !== 'dataset') ? 'pattern' : 'nothing' };
  return {
    source,
    isPlaying: isTrackPlaying || isPatternPlaying || isSamplePlaying,
    toggle: () => {
      if (isSamplePlaying) pauseSample();
      else if (isTrackPlaying) pauseTrack();
      else if (isPatternPlaying) pausePattern();
      else if (source.kind === 'sample') playSample();
      else if (source.kind === 'track') void playTrack(source.track);
      else if (source.kind === 'pattern') void playPattern();
    },
    stop: () => {
      pauseTrack();
      useTrackPlay.setState({ cursorSeconds: 0 });
      stopPattern();
      pauseSample();
      useSamplePlay.setState({ cursorSeconds: 0 });
    },
  };
}
