import { ChevronDown } from 'lucide-react';
import { Fragment, useRef } from 'react';
import { Button, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { classNames } from './class-names';
import { Keys } from './keys';

export interface MenuChoice {
  readonly id: string;
  readonly name: string;
  /** The keys that do the same. */
  readonly keys?: string;
  readonly isDisabled?: boolean;
  /** Whether it is what holds now. */
  readonly isOn?: boolean;
  readonly run: () => void;
}

/** What belongs together, parted from the rest by a line. */
export interface MenuPart {
  /** Said aloud, and shown where it is given a heading. */
  readonly name: string;
  readonly choices: readonly MenuChoice[];
}

function Choices(props: { readonly label: string; readonly parts: () => readonly MenuPart[] }) {
  const { label } = props;
  const parts = props.parts();
  const all = parts.flatMap(part => part.choices);
  return (
    <Menu
      aria-label={label}
      className="max-h-[70vh] min-w-52 overflow-auto outline-none"
      disabledKeys={all.filter(choice => choice.isDisabled).map(choice => choice.id)}
      onAction={key => all.find(choice => choice.id === key)?.run()}
    >
      {parts.map((part, index) => (
        <Fragment key={part.name}>
          {index > 0 ? <Separator className="my-1 h-px bg-line" /> : null}
          <MenuSection aria-label={part.name}>
            {part.choices.map(choice => (
              <MenuItem
                key={choice.id}
                id={choice.id}
                textValue={choice.name}
                className="flex h-7 cursor-default items-center gap-4 rounded-r2 px-2 whitespace-nowrap outline-none data-[disabled]:text-ink-off data-[focused]:bg-bg-2"
              >
                <span className={classNames('flex-1', choice.isOn && 'font-semibold')}>
                  {choice.name}
                  {choice.isOn ? <span className="sr-only">, chosen</span> : null}
                </span>
                {choice.isOn ? <span aria-hidden="true">✓</span> : null}
                {choice.keys ? <Keys keys={choice.keys} /> : null}
              </MenuItem>
            ))}
          </MenuSection>
        </Fragment>
      ))}
    </Menu>
  );
}

const POPOVER = 'rounded-r3 bg-bg-1 p-1 shadow-float outline-none';

interface MenuButtonProps {
  readonly name: string;
  /** Its name for screen readers, where the short one says too little. */
  readonly label?: string;
  /** Asked for when the menu opens. */
  readonly parts: () => readonly MenuPart[];
  readonly isDisabled?: boolean;
}

/** A button that opens a menu. */
export function MenuButton({ name, label = name, parts, isDisabled = false }: MenuButtonProps) {
  return (
    <MenuTrigger>
      <Button
        aria-label={label}
        isDisabled={isDisabled}
        className="focus-ring flex h-7 shrink-0 items-center gap-1 rounded-r2 px-2 font-medium whitespace-nowrap text-ink-2 data-[disabled]:text-ink-off data-[hovered]:bg-bg-2 data-[pressed]:bg-bg-3"
      >
        {name}
        <ChevronDown size={14} strokeWidth={1.4} className="text-ink-3" aria-hidden="true" />
      </Button>
      <Popover offset={4} className={POPOVER}>
        <Choices label={label} parts={parts} />
      </Popover>
    </MenuTrigger>
  );
}

interface MenuAtProps {
  readonly label: string;
  /** Px of the window. */
  readonly x: number;
  readonly y: number;
  readonly parts: () => readonly MenuPart[];
  readonly onClose: () => void;
}

/** A menu that opens where it was asked for. */
export function MenuAt({ label, x, y, parts, onClose }: MenuAtProps) {
  const place = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={place} className="pointer-events-none fixed size-0" style={{ left: x, top: y }} />
      <Popover
        aria-label={label}
        isOpen
        triggerRef={place}
        placement="bottom start"
        offset={2}
        onOpenChange={open => {
          if (!open) onClose();
        }}
        className={POPOVER}
      >
        <Choices
          label={label}
          parts={() =>
            parts().map(part => ({
              ...part,
              choices: part.choices.map(choice => ({
                ...choice,
                run: () => {
                  onClose();
                  choice.run();
                },
              })),
            }))
          }
        />
      </Popover>
    </>
  );
}
