import { Check, ChevronDown } from 'lucide-react';
import { Button, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { classNames } from './class-names';
import type { Choice } from './segments';

interface PickerProps<Value extends string> {
  readonly label: string;
  readonly value: Value | null;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  readonly placeholder?: string;
  /** Words before the value inside the field: "Grid". */
  readonly prefix?: string;
  readonly strong?: boolean;
  readonly className?: string;
}

/** One of many, in a list that opens. */
export function Picker<Value extends string>(props: PickerProps<Value>) {
  const {
    label,
    value,
    choices,
    onChange,
    placeholder = 'Choose',
    prefix,
    strong = false,
    className,
  } = props;
  return (
    <Select
      aria-label={label}
      value={value}
      placeholder={placeholder}
      onChange={next => {
        const choice = choices.find(one => one.value === next);
        if (choice) onChange(choice.value);
      }}
      className={classNames('min-w-0', className)}
    >
      <Button className="focus-ring flex h-7 w-full min-w-0 items-center gap-1.5 rounded-r2 border border-line-2 bg-bg-0 px-2 whitespace-nowrap data-[hovered]:border-edge data-[disabled]:text-ink-off">
        {prefix ? (
          <span data-prefix={prefix} className="text-ink-3 before:content-[attr(data-prefix)]" />
        ) : null}
        <SelectValue
          className={classNames(
            'min-w-0 flex-1 truncate text-left data-[placeholder]:text-ink-3',
            strong && 'font-semibold',
          )}
        >
          {({ selectedText }) => selectedText || placeholder}
        </SelectValue>
        <ChevronDown size={14} strokeWidth={1.4} className="text-ink-3" aria-hidden="true" />
      </Button>
      <Popover
        offset={4}
        className="max-h-80 min-w-(--trigger-width) overflow-auto rounded-r3 bg-bg-1 p-1 shadow-float"
      >
        <ListBox className="outline-none">
          {choices.map(choice => (
            <ListBoxItem
              key={choice.value}
              id={choice.value}
              textValue={choice.name}
              className="focus-ring flex h-7 items-center gap-2 rounded-r2 px-2 whitespace-nowrap data-[focused]:bg-bg-2 data-[selected]:font-semibold"
            >
              {({ isSelected }) => (
                <>
                  <Check
                    size={14}
                    strokeWidth={1.6}
                    aria-hidden="true"
                    className={isSelected ? '' : 'invisible'}
                  />
                  <span className="max-w-72 truncate">{choice.name}</span>
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
