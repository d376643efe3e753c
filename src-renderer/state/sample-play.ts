import { SamplePlayer, type SliceAudio } from '#renderer/playback';
import { create } from 'zustand';
import { pausePattern } from './playing';
import { pauseTrack } from './tracks';

/** The sample of a dataset that is looked at, as the transport shows it. */
export interface ShownSample {
  readonly id: string;
  /** "Flam tap, advanced". */
  readonly title: string;
  readonly detail: string;
  readonly tempo: number;
  readonly seconds: number;
  /** Cycle and beat at a time of it. */
  readonly placeAt: (seconds: number) => string;
  /** null until it is read, and where the dataset has none. */
  readonly audio: SliceAudio | null;
}

interface SamplePlayState {
  readonly sample: ShownSample | null;
  readonly isPlaying: boolean;
  /** Where playing starts, and where the cursor stands while stopped. */
  readonly cursorSeconds: number;
}

export const useSamplePlay = create<SamplePlayState>(() => ({
  sample: null,
  isPlaying: false,
  cursorSeconds: 0,
}));

const player = new SamplePlayer(() => useSamplePlay.setState({ isPlaying: false, cursorSeconds: 0 }));

/** Seconds of the sample that are heard, or would be first. */
export const samplePosition = (): number => player.positionSeconds ?? useSamplePlay.getState().cursorSeconds;

/** Another sample, or more of the same one: its audio has come. */
export function showSample(sample: ShownSample | null): void {
  if (useSamplePlay.getState().sample?.id === sample?.id) {
    useSamplePlay.setState({ sample });
    return;
  }
  player.stop();
  useSamplePlay.setState({ sample, isPlaying: false, cursorSeconds: 0 });
}

export function playSample(fromSeconds = useSamplePlay.getState().cursorSeconds): void {
  const { sample } = useSamplePlay.getState();
  if (!sample?.audio) return;
  pauseTrack();
  pausePattern();
  useSamplePlay.setState({ isPlaying: true, cursorSeconds: fromSeconds });
  player.play(sample.audio, fromSeconds);
}

export function pauseSample(): void {
  const at = player.positionSeconds;
  player.stop();
  useSamplePlay.setState({ isPlaying: false, ...(at === null ? {} : { cursorSeconds: at }) });
}

export function seekSample(seconds: number): void {
  const { sample, isPlaying } = useSamplePlay.getState();
  if (!sample) return;
  const to = Math.min(Math.max(0, seconds), sample.seconds);
  if (isPlaying) playSample(to);
  else useSamplePlay.setState({ cursorSeconds: to });
}
