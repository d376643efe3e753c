import { ASPECTS, type Aspect } from '#shared/model';
import { changeSearch, USUAL_ASPECTS, useBrowse } from '#renderer/state';
import { Button, Slider } from '#renderer/ui';

const NAMES: Readonly<Record<Aspect, string>> = {
  timbre: 'Timbre',
  brightness: 'Brightness',
  length: 'Length',
  pitch: 'Pitch',
  loudness: 'Loudness',
};

/** How much each side of a sound counts when others are to be like it. */
export function AspectSliders() {
  const aspects = useBrowse(state => state.search.aspects);
  const isUsual = ASPECTS.every(aspect => aspects[aspect] === USUAL_ASPECTS[aspect]);
  return (
    <div
      role="group"
      aria-label="What likeness is made of"
      className="flex items-center gap-4 border-b border-line px-3 py-1.5"
    >
      {ASPECTS.map(aspect => (
        <div key={aspect} className="flex min-w-0 flex-1 flex-col">
          <span className="flex justify-between gap-1 type-label">
            <span className="truncate text-ink-2">{NAMES[aspect]}</span>
            <span className="text-ink-3">{Math.round(aspects[aspect] * 100)}</span>
          </span>
          <Slider
            label={`How much ${NAMES[aspect].toLowerCase()} counts`}
            value={aspects[aspect]}
            minimum={0}
            maximum={1}
            step={0.05}
            rest={USUAL_ASPECTS[aspect]}
            onChange={value =>
              changeSearch('aspects', {
                aspects: { ...useBrowse.getState().search.aspects, [aspect]: value },
              })
            }
            className="w-full"
          />
        </div>
      ))}
      <Button
        small
        look="ghost"
        isDisabled={isUsual}
        onPress={() => changeSearch('aspects', { aspects: USUAL_ASPECTS })}
      >
        Reset
      </Button>
    </div>
  );
}
