import { Radio, RadioGroup } from 'react-aria-components';
import { classNames } from './class-names';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly name: string;
}

interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  readonly small?: boolean;
  readonly fill?: boolean;
}

/** One of a few, side by side. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const { label, value, choices, onChange, small = false, fill = false } = props;
  return (
    <RadioGroup
      aria-label={label}
      orientation="horizontal"
      value={value}
      onChange={next => {
        const choice = choices.find(one => one.value === next);
        if (choice) onChange(choice.value);
      }}
      className={classNames(
        'shrink-0 rounded-r2 bg-bg-2 p-0.5',
        small ? 'h-6' : 'h-7',
        fill ? 'flex' : 'inline-flex',
      )}
    >
      {choices.map(choice => (
        <Radio
          key={choice.value}
          value={choice.value}
          className={classNames(
            'focus-ring flex items-center justify-center rounded-[3px] font-medium whitespace-nowrap text-ink-2 data-[hovered]:text-ink-1',
            'data-[selected]:bg-bg-0 data-[selected]:text-ink-1 data-[selected]:shadow-[0_0_0_1px_var(--line-2)]',
            small ? 'px-2 text-[11px]/4' : 'px-2.5 text-[12px]/4',
            fill && 'flex-1 px-1',
          )}
        >
          {choice.name}
        </Radio>
      ))}
    </RadioGroup>
  );
}
