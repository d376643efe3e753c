import { useCallback, useEffect, useState } from 'react';
import { type SliceAudio, sliceAudio } from '#renderer/playback';
import { Canvas } from './canvas';
import { colour } from './theme';
import { columnsOfSamples, drawColumns, loudest } from './waveform';

const SETTLE_MS = 60;

/** The audio of a slice, once it is there. */
export function useSliceAudio(sha256: string | undefined): SliceAudio | null {
  const [held, setHeld] = useState<{ readonly sha256: string; readonly audio: SliceAudio } | null>(null);
  useEffect(() => {
    if (sha256 === undefined) return undefined;
    let isWanted = true;
    const show = async (wanted: string): Promise<void> => {
      const audio = await sliceAudio(wanted).catch(() => null);
      if (isWanted && audio) setHeld({ sha256: wanted, audio });
    };
    const timer = setTimeout(() => {
      void show(sha256);
    }, SETTLE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [sha256]);
  return held && held.sha256 === sha256 ? held.audio : null;
}

interface SliceWaveProps {
  readonly audio: string | undefined;
  /** Colour token. */
  readonly token: string;
  /** Seconds that the whole width shows; undefined fits the slice. */
  readonly seconds?: number;
  readonly className?: string;
}

/** A slice, small: in lists and on pads. All in a list have one scale of time, so that short ones look short. */
export function SliceWave({ audio: sha256, token, seconds, className }: SliceWaveProps) {
  const audio = useSliceAudio(sha256);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      context.fillStyle = colour(token);
      context.fillRect(0, Math.floor(height / 2), width, 1);
      if (!audio) return;
      const frames = audio.channels[0]?.length ?? 0;
      const shown = seconds === undefined ? frames : seconds * audio.sampleRate;
      const columns = columnsOfSamples(audio.channels, 0, shown, Math.floor(width));
      const half = (height / 2 - 1) / Math.max(0.01, loudest(columns));
      drawColumns(context, columns, { left: 0, middle: height / 2, half });
    },
    [audio, token, seconds],
  );
  return <Canvas draw={draw} {...(className === undefined ? {} : { className })} />;
}
