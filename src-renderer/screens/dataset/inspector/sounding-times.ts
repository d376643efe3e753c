import type { DatasetRows } from '#shared/dataset';

type Moment = readonly [performed: number, sounding: number];

/**
 * From ms of the performance to seconds of the audio: straight lines between the strokes that are heard, which a step that changes time has
 * moved. Without audio both are the same.
 */
export function soundingTimes(strokes: DatasetRows['strokes']): (ms: number) => number {
  const moments: Moment[] = [];
  const heard = strokes
    .filter(({ audio_time_ms }) => audio_time_ms !== null)
    .map(({ actual_time_ms, audio_time_ms }): Moment => [actual_time_ms, audio_time_ms ?? actual_time_ms])
    .sort(([a], [b]) => a - b);
  for (const moment of heard) {
    const before = moments.at(-1);
    if (!before || (moment[0] > before[0] && moment[1] > before[1])) moments.push(moment);
  }
  const [first, last] = [moments[0], moments.at(-1)];
  if (!first || !last) return ms => ms / 1000;
  return ms => {
    if (ms <= first[0]) return (first[1] - (first[0] - ms)) / 1000;
    if (ms >= last[0]) return (last[1] + (ms - last[0])) / 1000;
    const after = moments.findIndex(([performed]) => performed > ms);
    const [from, to] = [moments[after - 1] ?? first, moments[after] ?? last];
    return (from[1] + ((ms - from[0]) / (to[0] - from[0])) * (to[1] - from[1])) / 1000;
  };
}
