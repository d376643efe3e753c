import { atMost, printed, type Section } from './section';

const GESTURES = ['list by the wheel', 'list by leaps', 'map panned', 'map zoomed', 'map hovered'] as const;

/** "map panned: drawing p50 0.19 ms, p95 2.65 ms, most 3.1 ms; frame ..." */
const drawingOf = (text: string, gesture: string): number =>
  Number(new RegExp(`^${gesture}: drawing .*?p95 ([\\d.]+) ms`, 'm').exec(text)?.[1] ?? NaN);

/** "audition by arrow key, first: key to start() median 2.10, p95 4.00, most 5.00 (12) ms" */
const auditionOf = (text: string, round: string): number =>
  Number(new RegExp(`^audition by arrow key, ${round}: .*?p95 ([\\d.]+)`, 'm').exec(text)?.[1] ?? NaN);

export const kitBrowser: Section = {
  title: 'The kit browser',
  command: 'npm run bench -- kit-frames; npm run bench -- playback',
  measure({ bench }) {
    const frames = bench('kit-frames');
    const playback = bench('playback');
    const auditions = playback.split('\n').filter(line => line.startsWith('audition'));
    return {
      text: `A library of 50,000 hits in Chromium without a graphics card, so that the processor draws every pixel, at 1440 x 900. Drawing is what the window's scripts do for a frame: events, rows, points, names; the frame adds style, layout, paint and commit. In ms of the processor. Auditions by the clock: from the key to the start of the sound.\n\n${printed(`${frames.trim()}\n\n${auditions.join('\n')}`)}`,
      gates: [
        ...GESTURES.map(gesture =>
          atMost(
            `50,000 hits, ${gesture}, drawing of a frame, p95: ms of the processor`,
            drawingOf(frames, gesture),
            4,
          ),
        ),
        atMost('audition: key to sound start, p95, first time, ms', auditionOf(playback, 'first'), 20, 1),
        atMost('audition: key to sound start, p95, again, ms', auditionOf(playback, 'again'), 20, 1),
      ],
    };
  },
};
