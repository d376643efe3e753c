import { meterText, type Tempo, TempoMap, tempoRange } from '#shared/model';

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** What `backbeat tempo` prints of one file. */
export function tempoData(file: string, tempo: Tempo | null) {
  if (!tempo) return null;
  const map = new TempoMap(tempo);
  const end = tempo.beats.at(-1) ?? 0;
  const bars = map.bars(end + 1e-3);
  const first = tempo.beats[0] ?? 0;
  const { slowest, fastest } = tempoRange(bars);
  return {
    file,
    bpm: rounded(tempo.bpm, 3),
    confidence: rounded(tempo.confidence, 3),
    steady: tempo.steady,
    slowest: rounded(tempo.steady ? tempo.bpm : slowest, 3),
    fastest: rounded(tempo.steady ? tempo.bpm : fastest, 3),
    meter: meterText(tempo.meter),
    candidates: tempo.candidates.map(({ bpm, confidence }) => ({
      bpm: rounded(bpm, 3),
      confidence: rounded(confidence, 3),
    })),
    meters: tempo.meters.map(({ meter, confidence }) => ({
      meter: meterText(meter),
      confidence: rounded(confidence, 3),
    })),
    beats: tempo.beats,
    downbeats: bars.map(({ seconds }) => rounded(seconds, 4)).filter(seconds => seconds > first - 0.05),
    map: bars.map(({ number, seconds, bpm }) => ({
      bar: number,
      seconds: rounded(seconds, 4),
      bpm: rounded(bpm, 3),
    })),
  };
}
