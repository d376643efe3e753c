import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox } from 'react-aria-components';

interface CheckBoxProps {
  readonly isChosen: boolean;
  readonly onChange: (isChosen: boolean) => void;
  readonly label?: string;
  readonly children?: ReactNode;
  readonly className?: string;
}

export function CheckBox({ isChosen, onChange, label, children, className }: CheckBoxProps) {
  return (
    <Checkbox
      isSelected={isChosen}
      onChange={onChange}
      {...(label ? { 'aria-label': label } : {})}
      className={className ?? 'flex items-center gap-2'}
    >
      {({ isSelected, isFocusVisible }) => (
        <>
          <span
            className={`grid size-3.5 shrink-0 place-items-center rounded-[3px] ${isSelected ? 'bg-ink-1 text-ink-inv' : 'shadow-[inset_0_0_0_1px_var(--edge)]'} ${isFocusVisible ? 'outline-2 outline-offset-1 outline-focus' : ''}`}
          >
            {isSelected ? <Check size={11} strokeWidth={2.4} aria-hidden="true" /> : null}
          </span>
          {children}
        </>
      )}
    </Checkbox>
  );
}
