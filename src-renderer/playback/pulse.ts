// Not through the package's index: importing that opens an audio device of its own before the user has done anything.
import { Ticker } from 'tone/build/esm/core/clock/Ticker.js';

const PULSE_SECONDS = 0.025;
/** What is decided ahead of the sound: longer than a busy window's worst pause. */
const AHEAD_SECONDS = 0.5;
/** Of a hidden window's: browsers let its turns come a second apart or later. */
const AHEAD_HIDDEN_SECONDS = 5;

/**
 * Calls `turn` again and again, from a worker's clock, which hidden windows keep; it is told how far ahead to look. At once
 * when the window is hidden, so that what is to come is there before its turns grow rare.
 */
export function startPulse(turn: (aheadSeconds: number) => void): () => void {
  const ahead = (): number => (document.hidden ? AHEAD_HIDDEN_SECONDS : AHEAD_SECONDS);
  const beat = (): void => turn(ahead());
  const ticker = new Ticker(beat, 'worker', PULSE_SECONDS);
  document.addEventListener('visibilitychange', beat);
  return () => {
    ticker.dispose();
    document.removeEventListener('visibilitychange', beat);
  };
}
