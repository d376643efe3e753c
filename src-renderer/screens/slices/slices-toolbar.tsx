import { Lock } from 'lucide-react';
import { useState } from 'react';
import { type Track, type TrackHearing, USUAL_HEARING } from '#shared/model';
import {
  changeHearing,
  isFrozen,
  openTrack,
  previewHearing,
  useHearing,
  useIsHearing,
  useLibrary,
} from '#renderer/state';
import { Button, count, Dialog, Picker, Segments, Slider } from '#renderer/ui';
import { ByDrum, Cutting } from './cutting-panel';

const FLAMS = [
  { value: 'keep', name: 'Keep as flam' },
  { value: 'split', name: 'Two hits' },
] as const;

/** How the track is heard: which strokes count, and how they are cut. */
export function SlicesToolbar({
  track,
  hasStrokes,
}: {
  readonly track: Track;
  readonly hasStrokes: boolean;
}) {
  const { hearing, preview } = useHearing();
  const shown = { ...hearing, ...preview };
  const isLocked = isFrozen(hearing);
  const sensitivity = Math.round(shown.sensitivity * 100);
  return (
    <div
      role="toolbar"
      aria-label="How the track is heard"
      className="flex h-11 shrink-0 items-center gap-2 overflow-hidden border-b border-line bg-bg-1 px-3 whitespace-nowrap"
    >
      <TrackPicker track={track} />
      <span className="h-6 w-px shrink-0 bg-line" />
      <span className={isLocked ? 'text-ink-3' : 'text-ink-2'}>Sensitivity</span>
      <Slider
        label={isLocked ? 'Sensitivity, frozen by your edits' : 'Sensitivity'}
        value={sensitivity}
        minimum={0}
        maximum={100}
        step={1}
        rest={USUAL_HEARING.sensitivity * 100}
        isDisabled={isLocked}
        onChange={value => previewHearing({ sensitivity: value / 100 })}
        onChangeEnd={value => {
          if (value !== Math.round(hearing.sensitivity * 100))
            changeHearing('Sensitivity', { sensitivity: value / 100 });
        }}
        className="w-24 shrink-0"
      />
      <span data-sensitivity="" className="w-7 shrink-0 text-right font-medium">
        {sensitivity}
      </span>
      {hasStrokes ? <ByDrum hearing={shown} isFrozen={isLocked} /> : null}
      <span className="h-6 w-px shrink-0 bg-line" />
      <Segments
        label={`Strokes under ${hearing.flamMs} ms`}
        value={hearing.flams}
        choices={FLAMS}
        onChange={flams => changeHearing('Flams', { flams })}
      />
      <Cutting hearing={hearing} />
      <span className="flex-1" />
      <Frozen />
    </div>
  );
}

function TrackPicker({ track }: { readonly track: Track }) {
  const tracks = useLibrary(state => state.tracks);
  return (
    <Picker
      label="Track"
      value={track.id}
      choices={tracks.map(one => ({ value: one.id, name: one.name }))}
      onChange={openTrack}
      strong
      className="w-36 shrink-0"
    />
  );
}

/** What Reset goes back to; with what the song was separated and heard stays. */
const USUAL_SLICES = {
  sensitivity: USUAL_HEARING.sensitivity,
  sensitivities: USUAL_HEARING.sensitivities,
  flams: USUAL_HEARING.flams,
  flamMs: USUAL_HEARING.flamMs,
  tails: USUAL_HEARING.tails,
  preRollMs: USUAL_HEARING.preRollMs,
  fadeMs: USUAL_HEARING.fadeMs,
  maxSeconds: USUAL_HEARING.maxSeconds,
  edits: USUAL_HEARING.edits,
} satisfies Partial<TrackHearing>;

/** Whether detection is frozen, and the way back; asks first where edits would go. */
function Frozen() {
  const { hearing } = useHearing();
  const isBusy = useIsHearing();
  const [isAsking, setIsAsking] = useState(false);
  const { edits } = hearing;
  const isUsual = JSON.stringify({ ...hearing, ...USUAL_SLICES }) === JSON.stringify(hearing);
  const reset = (): void => {
    setIsAsking(false);
    changeHearing('Reset the slices', USUAL_SLICES);
  };
  return (
    <>
      {isBusy ? (
        <span role="status" className="shrink-0 text-ink-3">
          Cutting …
        </span>
      ) : null}
      {edits.length > 0 ? (
        <span
          data-frozen=""
          className="flex h-6 shrink-0 items-center gap-1.5 rounded-r2 border border-line-2 px-2 text-[11px]/4"
        >
          <Lock size={12} strokeWidth={1.6} aria-hidden="true" />
          <span>
            <span className="hidden wide:inline">Detection frozen</span>
            <span className="wide:hidden">Frozen</span>, {count(edits.length, 'edit')}
          </span>
        </span>
      ) : null}
      <Button
        small
        look="line"
        isDisabled={isUsual}
        onPress={() => (edits.length > 0 ? setIsAsking(true) : reset())}
      >
        Reset
      </Button>
      <Dialog
        title="Reset the slices?"
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        className="w-110"
        footer={
          <>
            <span className="flex-1" />
            <Button onPress={() => setIsAsking(false)}>Keep my edits</Button>
            <Button look="danger" onPress={reset}>
              Reset
            </Button>
          </>
        }
      >
        <p className="p-5 text-ink-2">
          {count(edits.length, 'edit')} by hand will go, and the track is cut as it is heard. Undo brings them
          back.
        </p>
      </Dialog>
    </>
  );
}
