import { useEffect, useState } from 'react';
import { audioUrl } from '#renderer/bridge';
import { WavSource } from '#renderer/playback';
import { nearestFoot } from '#shared/analysis';
import type { Stem } from '#shared/model';
import { spanOf, type TimeWindow } from './window-of-time';

/** Up to this long a window is drawn from the audio itself; longer ones from the overview, which is fine enough. */
export const DETAIL_SECONDS = 8;
/** Extra audio on both sides, as a part of the window, so that small scrolls need nothing new. */
const ROOM = 0.5;
const SETTLE_MS = 60;

/** Audio of a stem from `startFrame` on. */
export interface StemDetail {
  readonly sampleRate: number;
  readonly startFrame: number;
  readonly channels: readonly Float32Array[];
}

const sources = new Map<string, Promise<WavSource>>();

export function sourceOf(sha256: string): Promise<WavSource> {
  const known = sources.get(sha256);
  if (known) return known;
  const opened = WavSource.open(audioUrl(sha256));
  sources.set(sha256, opened);
  opened.catch(() => sources.delete(sha256));
  return opened;
}

const covers = (detail: StemDetail, { from, to }: TimeWindow): boolean => {
  const first = detail.startFrame / detail.sampleRate;
  const last = first + (detail.channels[0]?.length ?? 0) / detail.sampleRate;
  return first <= from + 1e-4 && last >= to - 1e-4;
};

/** The audio under a window, read from the file by range; null while the overview must do. */
export function useStemDetail(stem: Stem | undefined, window: TimeWindow): StemDetail | null {
  const [held, setHeld] = useState<{ readonly audio: string; readonly detail: StemDetail } | null>(null);
  const detail = held && held.audio === stem?.audio ? held.detail : null;
  const isWanted =
    stem !== undefined && spanOf(window) <= DETAIL_SECONDS && !(detail && covers(detail, window));
  const { from, to } = window;
  const sha256 = stem?.audio;
  useEffect(() => {
    if (!isWanted || sha256 === undefined) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      const read = async (): Promise<void> => {
        const source = await sourceOf(sha256);
        const { sampleRate } = source.head;
        const room = (to - from) * ROOM;
        const startFrame = Math.max(0, Math.floor((from - room) * sampleRate));
        const channels = await source.read(
          startFrame,
          Math.ceil((to + room) * sampleRate) - startFrame,
          stop.signal,
        );
        setHeld({ audio: sha256, detail: { sampleRate, startFrame, channels } });
      };
      read().catch(() => undefined);
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [isWanted, sha256, from, to]);
  return detail;
}

/** Seconds of stem on both sides that tell where an attack begins. */
const AROUND_SECONDS = 0.03;

/** The foot of the attack near a frame of the stem; that frame itself where nothing begins. */
export async function snapToFoot(stem: Stem, frame: number): Promise<number> {
  const source = await sourceOf(stem.audio);
  const { sampleRate } = source.head;
  const first = Math.max(0, frame - Math.round(AROUND_SECONDS * sampleRate));
  const [samples] = await source.read(first, 2 * Math.round(AROUND_SECONDS * sampleRate));
  return samples ? first + nearestFoot(samples, frame - first, sampleRate) : frame;
}
