import { NumberField } from '#renderer/ui';
import { Setting } from './setting';

/** What a number of pads and hits is, and within what. */
const KINDS = {
  hitGain: { minimum: -60, maximum: 24, digits: 1, step: 0.5, hasSign: true, unit: 'dB' },
  padGain: { minimum: -60, maximum: 12, digits: 1, step: 0.5, hasSign: true, unit: 'dB' },
  tune: { minimum: -24, maximum: 24, digits: 2, step: 1, hasSign: true, unit: 'st' },
  pan: { minimum: -100, maximum: 100, hasSign: true, unit: '%' },
  velocityCurve: { minimum: 0.25, maximum: 4, digits: 2, step: 0.05 },
  note: { minimum: 0, maximum: 127 },
} as const;

interface DialProps {
  readonly kind: keyof typeof KINDS;
  readonly name: string;
  /** Whose it is, for who does not see it: "Level of the pad". */
  readonly label: string;
  readonly value: number;
  readonly onCommit: (value: number) => void;
  readonly isNarrow?: boolean;
}

/** A row of an inspector that is a number. */
export function Dial({ kind, name, label, value, onCommit, isNarrow = false }: DialProps) {
  return (
    <Setting name={name}>
      <NumberField
        {...KINDS[kind]}
        small
        label={label}
        value={value}
        className={isNarrow ? 'w-21' : 'w-26'}
        onCommit={onCommit}
      />
    </Setting>
  );
}
