import { fail, ok, type Result } from '../base';
import { PPQ } from '../units';
import { microsecondsPerQuarter } from './midi-encode';
import type { Timed } from './midi-events';
import type { Pattern } from './pattern';

/** MIDI's own, until a file says another. */
const DEFAULT_MICROSECONDS = 500_000;

/** The tempo at the start and its changes. A tempo that is said again where it holds already is none; of several on a tick the last counts. */
export function temposOfMidi(
  events: readonly Timed[],
  scale: number,
  quarters: number,
): Result<Pick<Pattern, 'tempo' | 'tempoChanges'>, readonly string[]> {
  const said = new Map<number, number>([[0, DEFAULT_MICROSECONDS]]);
  for (const { tick, event } of events) {
    if (event.type === 'setTempo') said.set(tick, event.microsecondsPerBeat);
  }
  const all = [...said]
    .sort(([a], [b]) => a - b)
    .filter(([, microseconds], index, list) => index === 0 || microseconds !== list[index - 1]?.[1]);
  const tempos = all.map(([tick, microseconds]) => ({
    at: tick * scale,
    tempo: roundestTempo(microseconds, quarters),
  }));
  const strange = tempos.find(({ tempo }) => tempo < 20 || tempo > 400);
  if (strange)
    return fail([
      `its tempo is ${strange.tempo.toFixed(2)} BPM, but a pattern's must be 20 to 400; halve or double it in your DAW, with its notes`,
    ]);
  const [first, ...tempoChanges] = tempos;
  return ok({ tempo: first?.tempo ?? 120, tempoChanges });
}

/**
 * The tempo with the fewest decimals that MIDI would round to `microseconds`, so that 123 BPM comes back as 123; the
 * exact one where that would shift the last beat by more than a fiftieth of a tick, half the length of an audio frame.
 */
function roundestTempo(microseconds: number, quarters: number): number {
  const exact = 60e6 / microseconds;
  const round = [0, 1, 2, 3]
    .map(decimals => Number(exact.toFixed(decimals)))
    .find(tempo => microsecondsPerQuarter(tempo) === microseconds);
  if (round === undefined) return exact;
  const drift = Math.abs(60e6 / round - microseconds) * quarters;
  return drift < microseconds / PPQ / 50 ? round : exact;
}
