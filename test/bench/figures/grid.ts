import { atMost, type Gate, printed, type Section } from './section';

/** "drawing  p50 1.43 ms, p95 1.89 ms, most 9.0 ms" */
const figureIn = (text: string, name: string, share: string): number =>
  Number(new RegExp(`^${name} .*?${share} ([\\d.]+) ms`, 'm').exec(text)?.[1] ?? NaN);

export const gridDrawing: Section = {
  title: 'The groove grid',
  command: 'npm run bench -- grid-frames; npm run bench -- key-to-pixel',
  measure({ bench }) {
    const frames = bench('grid-frames');
    const keys = bench('key-to-pixel');
    const gates: Gate[] = [
      atMost(
        'drawing of a frame while 64 bars of 16 rows play, p95: ms of the processor',
        figureIn(frames, 'drawing', 'p95'),
        4,
      ),
      atMost(
        'a whole frame while they play, p95: ms of the processor (60 a second leave 16.7)',
        figureIn(frames, 'frame', 'p95'),
        16.7,
        1,
      ),
      atMost(
        'key to changed pixel on them, median: ms of the processor',
        figureIn(keys, 'processor', 'median'),
        50,
        1,
      ),
    ];
    return {
      text: `In Chromium without a graphics card, so that the processor draws every pixel, at 1440 x 900. Drawing is all that runs before a frame; the frame adds style, layout, paint and commit. Of the processor is what a thread of the window was at work, which is what it takes on a quiet machine; the clock counts whatever else ran.\n\n${printed(`${frames.trim()}\n\n${keys.trim()}`)}`,
      gates,
    };
  },
};
