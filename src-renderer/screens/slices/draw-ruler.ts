import { TempoMap, type Track } from '#shared/model';
import { canvasFont, colour, preciseClock } from '#renderer/ui';
import { spanOf, type TimeWindow } from './window-of-time';

export const RULER_HEIGHT = 24;

/** Bars and beats of the song, or seconds where it has none, and their lines down the picture. */
export function drawRuler(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { track, window }: { readonly track: Track; readonly window: TimeWindow },
): void {
  context.fillStyle = colour('--bg-1');
  context.fillRect(0, 0, width, RULER_HEIGHT);
  context.fillStyle = colour('--line');
  context.fillRect(0, RULER_HEIGHT - 1, width, 1);
  const span = spanOf(window);
  const { tempo } = track;
  const beat = tempo ? ((60 / tempo.bpm) * 4) / tempo.meter.denominator : 1;
  const map = tempo && new TempoMap(tempo);
  const secondsOf = (beats: number): number => (map ? map.secondsAt(beats) : beats);
  const perBar = tempo?.meter.numerator ?? 4;
  const every =
    [1, perBar, perBar * 4, perBar * 16, perBar * 64].find(beats => (beats * beat * width) / span >= 56) ??
    perBar * 256;
  context.font = canvasFont(500, 11);
  context.textBaseline = 'middle';
  const first = Math.ceil((map ? map.beatAt(window.from) : window.from) / every) - 1;
  for (let index = first; secondsOf(index * every) <= window.to; index++) {
    const seconds = secondsOf(index * every);
    const x = Math.round(((seconds - window.from) / span) * width);
    const isBar = (index * every) % perBar === 0;
    context.fillStyle = colour(isBar ? '--grid-beat' : '--grid-swung');
    context.fillRect(x, RULER_HEIGHT - 6, 1, height);
    context.fillStyle = colour(isBar ? '--ink-1' : '--ink-3');
    if (seconds < 0) continue;
    const beats = index * every;
    const bar = Math.floor(beats / perBar) + 1;
    const inBar = (((beats % perBar) + perBar) % perBar) + 1;
    const words = !tempo ? preciseClock(seconds) : bar < 1 ? '' : inBar === 1 ? `${bar}` : `${bar}.${inBar}`;
    context.fillText(words, x + 4, RULER_HEIGHT / 2);
  }
}
