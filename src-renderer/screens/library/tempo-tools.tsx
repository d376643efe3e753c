import { Hand } from 'lucide-react';
import { useRef } from 'react';
import { NO_CORRECTION, type Track } from '#shared/model';
import { correctTempo, trackPosition } from '#renderer/state';
import { Button, NumberField } from '#renderer/ui';

const LOWEST_BPM = 20;
const HIGHEST_BPM = 400;
/** A pause this long begins a new count. */
const TAP_PAUSE_MS = 2000;
const FEWEST_TAPS = 4;

/** What the ear corrects: the tempo, and where bar 1 is. */
export function TempoTools({ track }: { readonly track: Track }) {
  const taps = useRef<number[]>([]);
  const bpm = track.tempo?.bpm ?? 120;
  const downbeat = track.tempo?.firstDownbeat ?? 0;
  const set = (wanted: number, from = downbeat): void => {
    if (wanted >= LOWEST_BPM && wanted <= HIGHEST_BPM)
      void correctTempo(track, { ...NO_CORRECTION, bpm: wanted, bpmIs: 'exact', barOneAt: from });
  };
  const tap = (time: number): void => {
    const last = taps.current.at(-1);
    if (last !== undefined && time - last > TAP_PAUSE_MS) taps.current = [];
    taps.current = [...taps.current, time].slice(-16);
    const [first = time] = taps.current;
    const beats = taps.current.length - 1;
    if (beats + 1 >= FEWEST_TAPS) set(Math.round((60_000 * beats * 100) / (time - first)) / 100);
  };
  return (
    <>
      <NumberField
        label="Tempo of the track"
        value={bpm}
        minimum={LOWEST_BPM}
        maximum={HIGHEST_BPM}
        digits={2}
        unit="BPM"
        className="w-26"
        onCommit={value => set(value)}
      />
      <span className="inline-flex gap-0.5">
        <Button isDisabled={bpm / 2 < LOWEST_BPM} onPress={() => set(bpm / 2)}>
          Halve
        </Button>
        <Button isDisabled={bpm * 2 > HIGHEST_BPM} onPress={() => set(bpm * 2)}>
          Double
        </Button>
        <Button onPressStart={() => tap(performance.now())}>
          <Hand size={14} strokeWidth={1.4} aria-hidden="true" />
          Tap
        </Button>
      </span>
      <Button look="line" onPress={() => set(bpm, trackPosition())}>
        This is bar 1
      </Button>
    </>
  );
}
