import { Search } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { Button, CheckBox, count, Dialog, Message } from '#renderer/ui';

export interface ChoiceGroup {
  readonly name: string;
  readonly choices: readonly { readonly value: string; readonly name: string; readonly detail?: string }[];
}

interface ChoiceDialogProps {
  readonly title: string;
  /** What one of them is called: "rudiment". */
  readonly noun: string;
  readonly groups: readonly ChoiceGroup[];
  readonly chosen: ReadonlySet<string>;
  readonly onTake: (chosen: ReadonlySet<string>) => void;
  readonly onClose: () => void;
  /** What else is set here. */
  readonly children?: ReactNode;
}

/** Up to here one sees all at once: no search, and a line for each. */
const SHORT_LIST = 12;

const fits = (text: string, words: readonly string[]): boolean =>
  words.every(word => text.toLowerCase().includes(word));

/** Some of many, by groups and with a search; nothing changes until it is taken. */
export function ChoiceDialog(props: ChoiceDialogProps) {
  const { title, noun, groups, onTake, onClose, children } = props;
  const [chosen, setChosen] = useState(props.chosen);
  const [search, setSearch] = useState('');
  const all = useMemo(() => groups.flatMap(({ choices }) => choices), [groups]);
  const isLong = all.length > SHORT_LIST;
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = groups
    .map(group => ({
      ...group,
      choices: group.choices.filter(choice => fits(`${choice.name} ${choice.value} ${group.name}`, words)),
    }))
    .filter(({ choices }) => choices.length > 0);
  const set = (values: readonly string[], isChosen: boolean): void => {
    const next = new Set(chosen);
    for (const value of values)
      if (isChosen) next.add(value);
      else next.delete(value);
    setChosen(next);
  };
  return (
    <Dialog
      title={title}
      aside={`${chosen.size} of ${count(all.length, noun)}`}
      isOpen
      onClose={onClose}
      className="w-170"
      footer={
        <>
          <Button
            look="ghost"
            onPress={() =>
              set(
                all.map(({ value }) => value),
                true,
              )
            }
          >
            All
          </Button>
          <Button look="ghost" onPress={() => setChosen(new Set())}>
            None
          </Button>
          <span className="flex-1 text-right text-ink-3">
            {chosen.size === 0 ? `Choose one ${noun} at least` : ''}
          </span>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            isDisabled={chosen.size === 0}
            onPress={() => {
              onTake(chosen);
              onClose();
            }}
          >
            Take {count(chosen.size, noun)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 p-5">
        {children}
        {isLong ? (
          <label className="flex h-8 items-center gap-2 rounded-r2 border border-line-2 bg-bg-0 px-2.5 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus">
            <Search size={14} strokeWidth={1.4} aria-hidden="true" className="text-ink-3" />
            <input
              aria-label={`Search ${noun}s`}
              value={search}
              placeholder={`Search ${noun}s`}
              onChange={event => setSearch(event.currentTarget.value)}
              className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3"
            />
          </label>
        ) : null}
        <div
          className={`flex flex-col gap-4 overflow-y-auto pr-1 ${isLong ? 'h-80' : 'max-h-80'}`}
          role="group"
          aria-label={title}
        >
          {shown.length === 0 ? (
            <Message tone="info">
              No {noun} is called like “{search}”.
            </Message>
          ) : null}
          {shown.map(group => (
            <Group key={group.name} group={group} isLong={isLong} chosen={chosen} onSet={set} />
          ))}
        </div>
      </div>
    </Dialog>
  );
}

function Group(props: {
  readonly group: ChoiceGroup;
  readonly isLong: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly onSet: (values: readonly string[], isChosen: boolean) => void;
}) {
  const { group, isLong, chosen, onSet } = props;
  const values = group.choices.map(({ value }) => value);
  const has = values.filter(value => chosen.has(value)).length;
  return (
    <section aria-label={group.name}>
      <div className="mb-1 flex items-center gap-2">
        <h3 className="type-label text-ink-3">
          {group.name}, {has} of {values.length}
        </h3>
        <span className="flex-1" />
        <Button small look="ghost" onPress={() => onSet(values, has < values.length)}>
          {has < values.length ? 'Choose all' : 'Leave out all'}
          <span className="sr-only"> of {group.name}</span>
        </Button>
      </div>
      <div className={`grid gap-x-3 ${isLong ? 'grid-cols-2' : ''}`}>
        {group.choices.map(({ value, name, detail }) => (
          <CheckBox
            key={value}
            isChosen={chosen.has(value)}
            onChange={isChosen => onSet([value], isChosen)}
            className="flex h-7 min-w-0 items-center gap-2.5 rounded-r2 px-1.5 data-[hovered]:bg-bg-2"
          >
            <span className="min-w-0 flex-1 truncate">
              {name}
              {detail ? <span className="text-ink-3"> {detail}</span> : null}
            </span>
          </CheckBox>
        ))}
      </div>
    </section>
  );
}
