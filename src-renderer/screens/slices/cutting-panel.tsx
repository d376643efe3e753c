import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { STROKE_CLASSES, type StrokeClass, type TrackHearing } from '#shared/model';
import { changeHearing, previewHearing } from '#renderer/state';
import { Button, NumberField, Segments, Slider } from '#renderer/ui';
import { strokeName } from './slice-rows';

/** A button that opens a panel of settings under it. */
function Unfolding(props: { readonly name: string; readonly title: string; readonly children: ReactNode }) {
  return (
    <DialogTrigger>
      <AriaButton className="focus-ring flex h-7 shrink-0 items-center gap-1.5 rounded-r2 border border-line-2 bg-bg-0 px-2 whitespace-nowrap data-[hovered]:border-edge data-[disabled]:text-ink-off">
        {props.name}
        <ChevronDown size={14} strokeWidth={1.4} className="text-ink-3" aria-hidden="true" />
      </AriaButton>
      <Popover offset={4} className="w-76 rounded-r3 bg-bg-1 shadow-float">
        <Dialog aria-label={props.title} className="flex flex-col gap-2.5 p-3 outline-none">
          {props.children}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** How faint each drum may be; the same as all until it is set apart. */
export function ByDrum(props: { readonly hearing: TrackHearing; readonly isFrozen: boolean }) {
  const { hearing, isFrozen } = props;
  const { sensitivity, sensitivities } = hearing;
  const withClass = (drum: StrokeClass, value: number): TrackHearing['sensitivities'] => ({
    ...sensitivities,
    [drum]: value,
  });
  const isApart = Object.keys(sensitivities).length > 0;
  return (
    <Unfolding name={isApart ? 'By drum, set' : 'By drum'} title="Sensitivity by drum">
      {STROKE_CLASSES.map(drum => {
        const own = sensitivities[drum];
        const value = own ?? sensitivity;
        return (
          <div key={drum} className="flex h-6 items-center gap-2">
            <span className={`w-20 truncate ${own === undefined ? 'text-ink-3' : ''}`}>
              {strokeName(drum)}
            </span>
            <Slider
              label={`Sensitivity of ${strokeName(drum)}`}
              value={Math.round(value * 100)}
              minimum={0}
              maximum={100}
              step={1}
              rest={Math.round(sensitivity * 100)}
              isDisabled={isFrozen}
              onChange={next => previewHearing({ sensitivities: withClass(drum, next / 100) })}
              onChangeEnd={next =>
                changeHearing(`Sensitivity of ${strokeName(drum)}`, {
                  sensitivities: withClass(drum, next / 100),
                })
              }
            />
            <span className="w-7 text-right">{Math.round(value * 100)}</span>
          </div>
        );
      })}
      <Button
        small
        look="line"
        isDisabled={!isApart || isFrozen}
        onPress={() => changeHearing('One sensitivity for all drums', { sensitivities: {} })}
      >
        The same for all
      </Button>
    </Unfolding>
  );
}

const TAILS = [
  { value: 'choke', name: 'Until heard' },
  { value: 'next', name: 'Next onset' },
  { value: 'decay', name: 'Whole' },
] as const;

const TAIL_WORDS: Readonly<Record<TrackHearing['tails'], string>> = {
  choke: 'Ends where its own drum is struck again, or where another stroke would be heard in it.',
  next: 'Ends where the next slice begins, whatever it is.',
  decay: 'Rings until it has died away, with whatever is struck meanwhile.',
};

/** How slices end, and their edges. */
export function Cutting({ hearing }: { readonly hearing: TrackHearing }) {
  const { tails, fadeMs, preRollMs, maxSeconds } = hearing;
  return (
    <Unfolding name="Tails" title="Tails and fades">
      <Segments
        label="A slice ends"
        value={tails}
        choices={TAILS}
        fill
        onChange={value => changeHearing('Tails', { tails: value })}
      />
      <p className="text-ink-3">{TAIL_WORDS[tails]}</p>
      <div className="flex items-center gap-2">
        <span className="flex-1">Fades</span>
        <NumberField
          label="Fades"
          value={fadeMs}
          minimum={0}
          maximum={50}
          step={0.5}
          digits={1}
          unit="ms"
          className="w-24"
          onCommit={value => changeHearing('Fades', { fadeMs: value })}
        />
      </div>
      <div className="flex items-center gap-2">
        <span className="flex-1">Before the onset</span>
        <NumberField
          label="Before the onset"
          value={preRollMs}
          minimum={0}
          maximum={50}
          step={0.5}
          digits={1}
          unit="ms"
          className="w-24"
          onCommit={value => changeHearing('Before the onset', { preRollMs: value })}
        />
      </div>
      <div className="flex items-center gap-2">
        <span className="flex-1">At most</span>
        <NumberField
          label="At most"
          value={maxSeconds}
          minimum={0.05}
          maximum={20}
          step={0.1}
          digits={2}
          unit="s"
          className="w-24"
          onCommit={value => changeHearing('Longest slice', { maxSeconds: value })}
        />
      </div>
    </Unfolding>
  );
}
