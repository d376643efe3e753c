import { Hand } from 'lucide-react';
import type { Track } from '#shared/model';
import {
  chooseGrid,
  countAt,
  HIGHEST_BPM,
  keysOf,
  LOWEST_BPM,
  moveGrid,
  redoChange,
  redoTempo,
  setBarOne,
  tapBeat,
  toggleClick,
  typeTempo,
  undoChange,
  undoTempo,
  useCommands,
  useTempoTools,
} from '#renderer/state';
import { Button, NumberField, Tip } from '#renderer/ui';

/** What the ear corrects first: the tempo, and where bar 1 is. */
export function TempoTools({ track }: { readonly track: Track }) {
  const bpm = track.tempo?.bpm;
  useTempoCommands(track);
  return (
    <>
      <NumberField
        label="Tempo of the track"
        value={bpm ?? null}
        mixed="–"
        minimum={LOWEST_BPM}
        maximum={HIGHEST_BPM}
        digits={2}
        unit="BPM"
        className="w-26"
        onCommit={value => typeTempo(track, value)}
      />
      <span className="inline-flex gap-0.5">
        <Tip text="Halve the tempo" keys={keysOf('tempo-halve')}>
          <Button
            isDisabled={bpm === undefined || bpm / 2 < LOWEST_BPM}
            onPress={() => countAt(track, (bpm ?? 0) / 2, 'Halve the tempo')}
          >
            Halve
          </Button>
        </Tip>
        <Tip text="Double the tempo" keys={keysOf('tempo-double')}>
          <Button
            isDisabled={bpm === undefined || bpm * 2 > HIGHEST_BPM}
            onPress={() => countAt(track, (bpm ?? 0) * 2, 'Double the tempo')}
          >
            Double
          </Button>
        </Tip>
        <TapButton track={track} />
      </span>
      <Tip text="Bar 1 begins at the playhead, or at the hit beside it" keys={keysOf('tempo-bar-one')}>
        <Button look="line" isDisabled={!track.tempo} onPress={() => setBarOne(track)}>
          Bar 1 is here
        </Button>
      </Tip>
    </>
  );
}

function TapButton({ track }: { readonly track: Track }) {
  const tapped = useTempoTools(state => state.tapped);
  const words = !tapped
    ? 'Tap'
    : 'bpm' in tapped
      ? `${tapped.bpm.toFixed(1)}, ±${tapped.spreadMs.toFixed(0)} ms`
      : `Tap, ${tapped.count} of 4`;
  return (
    <Tip text="Tap the tempo" keys={keysOf('tempo-tap')}>
      <Button onPressStart={() => tapBeat(track, performance.now())}>
        <Hand size={14} strokeWidth={1.4} aria-hidden="true" />
        {words}
      </Button>
    </Tip>
  );
}

function useTempoCommands(track: Track): void {
  const { tempo, tempoCorrection } = track;
  const shift = tempoCorrection?.shiftMs ?? 0;
  useCommands({
    'tempo-tap': () => tapBeat(track, performance.now()),
    'tempo-click': toggleClick,
    undo: () => {
      if (!undoTempo(track.id)) undoChange();
    },
    redo: () => {
      if (!redoTempo(track.id)) redoChange();
    },
    ...(tempo
      ? {
          'tempo-bar-one': () => setBarOne(track),
          'tempo-halve': () => countAt(track, tempo.bpm / 2, 'Halve the tempo'),
          'tempo-double': () => countAt(track, tempo.bpm * 2, 'Double the tempo'),
          'tempo-follow': () => chooseGrid(track, tempo.steady ? 'follow' : 'steady'),
          'tempo-earlier': () => moveGrid(track, shift - 1),
          'tempo-later': () => moveGrid(track, shift + 1),
        }
      : {}),
  });
}
