import { Metronome, RotateCcw, Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { meterText, parseMeter, type Tempo, TempoMap, type Track, tempoRange } from '#shared/model';
import {
  chooseGrid,
  chooseMeter,
  correctTempo,
  countAt,
  keysOf,
  moveGrid,
  toggleClick,
  undoTempo,
  useTempoTools,
  useTempoUndo,
} from '#renderer/state';
import { classNames, IconButton, NumberField, Picker, Segments, Tip } from '#renderer/ui';
import { BeatChoice } from './beat-choice';

const METERS = ['2/4', '3/4', '4/4', '5/4', '6/4', '7/4', '5/8', '6/8', '7/8', '9/8', '12/8'];
const METER_CHOICES = METERS.map(name => ({ value: name, name }));
const GRIDS = [
  { value: 'steady', name: 'Steady' },
  { value: 'follow', name: 'Follow' },
] as const;
/** Other tempi that are worth a button. */
const MOST_CANDIDATES = 3;
const LEAST_CONFIDENCE = 0.04;
const FARTHEST_SHIFT_MS = 500;

/** What was heard of a track's tempo, what else it may be, and how the beats lie on the recording. */
export function TempoStrip({ track }: { readonly track: Track }) {
  const { tempo, tempoCorrection } = track;
  const isClicking = useTempoTools(state => state.isClicking);
  const undo = useTempoUndo(track.id);
  return (
    <div
      role="group"
      aria-label="Tempo"
      className="flex h-9 shrink-0 items-center gap-2 overflow-x-auto border-b border-line px-3"
    >
      <PaceWords track={track} />
      {tempo ? <Candidates track={track} tempo={tempo} /> : null}
      <span className="flex-1" />
      <BeatChoice track={track} />
      {tempo ? (
        <>
          <Picker
            label="Meter of the track"
            value={meterText(tempo.meter)}
            choices={
              METERS.includes(meterText(tempo.meter))
                ? METER_CHOICES
                : [...METER_CHOICES, { value: meterText(tempo.meter), name: meterText(tempo.meter) }]
            }
            onChange={text => {
              const meter = parseMeter(text);
              if (meter) chooseMeter(track, meter);
            }}
            className="w-20"
          />
          <Segments
            label="Beats of the track"
            value={tempo.steady ? 'steady' : 'follow'}
            choices={GRIDS}
            onChange={grid => chooseGrid(track, grid)}
          />
          <NumberField
            label="Beats later by"
            value={tempoCorrection?.shiftMs ?? 0}
            minimum={-FARTHEST_SHIFT_MS}
            maximum={FARTHEST_SHIFT_MS}
            digits={0}
            hasSign
            prefix="Shift"
            unit="ms"
            className="w-26"
            onCommit={value => moveGrid(track, value)}
          />
        </>
      ) : null}
      <IconButton
        label="Click on the beats"
        keys={keysOf('tempo-click')}
        on={isClicking}
        isDisabled={!tempo}
        onPress={toggleClick}
      >
        <Metronome size={15} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={undo === undefined ? 'Nothing to undo in the tempo' : `Undo: ${undo}`}
        keys={keysOf('undo')}
        isDisabled={undo === undefined}
        onPress={() => {
          undoTempo(track.id);
        }}
      >
        <Undo2 size={15} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
      <IconButton
        label="Tempo as it was heard"
        isDisabled={!tempoCorrection}
        onPress={() => correctTempo(track, 'Tempo as it was heard', null)}
      >
        <RotateCcw size={15} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

/** "Steady at 120.02", "drifts, 117.2 to 123.4". */
function PaceWords({ track }: { readonly track: Track }) {
  const { tempo, tempoCorrection, seconds } = track;
  const words = useMemo(() => {
    if (!tempo) return 'No pulse was heard: tap it, or type its tempo';
    if (tempo.steady) return `Steady at ${tempo.bpm.toFixed(2)}`;
    const { slowest, fastest } = tempoRange(new TempoMap(tempo).bars(seconds));
    return `Drifts, ${slowest.toFixed(1)} to ${fastest.toFixed(1)}`;
  }, [tempo, seconds]);
  return (
    <span className="shrink-0 whitespace-nowrap text-ink-2" data-pace="">
      {words}
      {tempoCorrection ? <span className="text-ink-3">, corrected</span> : null}
    </span>
  );
}

/** The same recording counted otherwise. */
function Candidates({ track, tempo }: { readonly track: Track; readonly tempo: Tempo }) {
  const others = tempo.candidates
    .filter(
      ({ bpm, confidence }) => confidence >= LEAST_CONFIDENCE && Math.abs(Math.log(bpm / tempo.bpm)) > 0.01,
    )
    .slice(0, MOST_CANDIDATES);
  if (others.length === 0) return null;
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap text-ink-3">
      or
      {others.map(({ bpm, confidence }) => (
        <Tip key={bpm} text={`Count it at ${bpm.toFixed(2)} BPM: ${(100 * confidence).toFixed(0)} % sure`}>
          <AriaButton
            aria-label={`Count at ${bpm.toFixed(2)} BPM, ${(100 * confidence).toFixed(0)} % sure`}
            onPress={() => countAt(track, bpm, `Count at ${bpm.toFixed(2)} BPM`)}
            className={classNames(
              'focus-ring inline-flex h-6 items-center rounded-full border border-line-2 px-2 text-[11px]/4 font-medium text-ink-2',
              'data-[hovered]:bg-bg-2 data-[hovered]:text-ink-1',
            )}
          >
            {bpm.toFixed(bpm % 1 === 0 ? 0 : 1)}
          </AriaButton>
        </Tip>
      ))}
    </span>
  );
}
