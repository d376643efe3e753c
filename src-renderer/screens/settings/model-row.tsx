import { Check, FileText, TriangleAlert } from 'lucide-react';
import { Button as AriaButton, Radio } from 'react-aria-components';
import { classNames } from '#renderer/ui';
import type { ModelCard } from '#shared/protocol';
import { licenceLine, measuredLine, sourceLine } from './model-words';

interface ModelRowProps {
  readonly model: ModelCard;
  /** The one in use where this is one of those to choose from, and what choosing it is called; else null. */
  readonly usual: { readonly id: string | null; readonly verb: string } | null;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** One model: whether it is used, what it is, what was measured, its licence, its checksum. Opens its details. */
export function ModelRow({ model, usual, isChosen, onChoose }: ModelRowProps) {
  const isInUse =
    model.failure === null && (usual === null ? model.source !== 'imported' : usual.id === model.id);
  const isOthers = model.source === 'imported';
  return (
    <div
      className={classNames(
        'flex h-12 items-center gap-2.5 border-b border-line px-4 last:border-b-0',
        isChosen
          ? 'bg-bg-2 shadow-[inset_2px_0_0_var(--ink-1)]'
          : 'hover:bg-[color-mix(in_srgb,var(--bg-2)_50%,transparent)]',
      )}
    >
      {usual === null ? (
        <Dot isOn={isInUse} />
      ) : (
        <Radio
          value={model.id}
          aria-label={`${usual.verb} ${model.name}`}
          isDisabled={model.failure !== null}
          className="focus-ring grid size-6 shrink-0 place-items-center rounded-full"
        >
          {({ isSelected }) => <Dot isOn={isSelected} />}
        </Radio>
      )}
      <AriaButton
        onPress={onChoose}
        aria-expanded={isChosen}
        className="focus-ring flex h-full min-w-0 flex-1 items-center gap-3 rounded-r2 text-left"
      >
        <span className="min-w-0 flex-[3]">
          <span className="block truncate font-medium" title={model.name}>
            {model.name}
          </span>
          <span className="block truncate type-label font-normal text-ink-3">{sourceLine(model)}</span>
        </span>
        <span className="min-w-0 flex-[3] truncate text-ink-2" title={measuredLine(model)}>
          {measuredLine(model)}
        </span>
        <span
          className={classNames(
            'flex min-w-0 flex-[2] items-center gap-1.5',
            isOthers ? 'text-warn' : 'text-ink-2',
          )}
        >
          {isOthers ? (
            <TriangleAlert size={14} strokeWidth={1.4} aria-hidden="true" />
          ) : (
            <FileText size={14} strokeWidth={1.4} aria-hidden="true" />
          )}
          <span className="truncate">{licenceLine(model)}</span>
        </span>
        <span className="w-18 shrink-0 truncate type-mono text-ink-2">
          {model.sha256 ? model.sha256.slice(0, 8) : '\u2013'}
        </span>
        <State isInUse={isInUse} isBroken={model.failure !== null} />
      </AriaButton>
    </div>
  );
}

function Dot({ isOn }: { readonly isOn: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        'mx-1.25 size-3.5 shrink-0 rounded-full',
        isOn ? 'shadow-[inset_0_0_0_4px_var(--ink-1)]' : 'shadow-[inset_0_0_0_1px_var(--edge)]',
      )}
    />
  );
}

function State({ isInUse, isBroken }: { readonly isInUse: boolean; readonly isBroken: boolean }) {
  if (isBroken)
    return (
      <span className="flex w-21 shrink-0 items-center gap-1.5 text-bad">
        <TriangleAlert size={14} strokeWidth={1.4} aria-hidden="true" />
        Broken
      </span>
    );
  return (
    <span className="flex w-21 shrink-0 items-center gap-1.5 text-ink-2">
      {isInUse ? <Check size={14} strokeWidth={1.6} aria-hidden="true" className="text-ok" /> : null}
      {isInUse ? 'In use' : 'Ready'}
    </span>
  );
}
