import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';

interface RangeSliderProps {
  readonly label: string;
  readonly value: readonly [number, number];
  readonly minimum: number;
  readonly maximum: number;
  readonly onChange: (value: [number, number]) => void;
}

/** A track with a thumb for the lower and one for the higher end; both values are printed beside it by the caller. */
export function RangeSlider({ label, value, minimum, maximum, onChange }: RangeSliderProps) {
  return (
    <Slider
      aria-label={label}
      value={[...value]}
      minValue={minimum}
      maxValue={maximum}
      step={1}
      onChange={([low = minimum, high = maximum]) => onChange([low, high])}
      className="min-w-10 flex-1"
    >
      <SliderTrack className="relative h-4 w-full">
        {({ state }) => (
          <>
            <span className="absolute top-1.75 right-0 left-0 h-0.5 rounded-full bg-line-2" />
            <span
              className="absolute top-1.75 h-0.5 rounded-full bg-ink-2"
              style={{
                left: `${state.getThumbPercent(0) * 100}%`,
                right: `${(1 - state.getThumbPercent(1)) * 100}%`,
              }}
            />
            {(['slowest', 'fastest'] as const).map((end, index) => (
              <SliderThumb
                key={end}
                index={index}
                aria-label={end}
                className="focus-ring top-1/2 size-3 rounded-full bg-ink-1 shadow-[0_0_0_2px_var(--bg-1)]"
              />
            ))}
          </>
        )}
      </SliderTrack>
    </Slider>
  );
}
