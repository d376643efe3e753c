import { Slider as AriaSlider, SliderThumb, SliderTrack } from 'react-aria-components';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  /** Where a double click returns to. */
  readonly rest: number;
  /** The slider was let go, or a key was. */
  readonly onChangeEnd?: (value: number) => void;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

/** A track of 2 px and a thumb of 12; its value is always printed beside it by the caller. */
export function Slider(props: SliderProps) {
  const {
    label,
    value,
    minimum,
    maximum,
    step,
    onChange,
    onChangeEnd,
    rest,
    isDisabled = false,
    className,
  } = props;
  const single = (next: number | readonly number[]): number =>
    typeof next === 'number' ? next : (next[0] ?? value);
  return (
    <AriaSlider
      aria-label={label}
      value={value}
      minValue={minimum}
      maxValue={maximum}
      step={step}
      isDisabled={isDisabled}
      onChange={next => onChange(single(next))}
      onChangeEnd={next => onChangeEnd?.(single(next))}
      className={className ?? 'min-w-10 flex-1'}
    >
      <SliderTrack
        className="relative h-4 w-full"
        onDoubleClick={() => {
          if (isDisabled) return;
          onChange(rest);
          onChangeEnd?.(rest);
        }}
      >
        {({ state }) => (
          <>
            <span className="absolute top-1.75 right-0 left-0 h-0.5 rounded-full bg-line-2" />
            <span
              className={`absolute top-1.75 left-0 h-0.5 rounded-full ${isDisabled ? 'bg-line-2' : 'bg-ink-2'}`}
              style={{ width: `${state.getThumbPercent(0) * 100}%` }}
            />
            <SliderThumb className="focus-ring top-1/2 size-3 rounded-full bg-ink-1 shadow-[0_0_0_2px_var(--bg-1)] data-[disabled]:bg-ink-off" />
          </>
        )}
      </SliderTrack>
    </AriaSlider>
  );
}
