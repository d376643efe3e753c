import { Button as AriaButton, type PressEvent } from 'react-aria-components';
import type { Stem, StemKind } from '#shared/model';
import {
  chooseStem,
  keysOf,
  LOUDEST_STEM_DECIBELS,
  QUIETEST_STEM_DECIBELS,
  setStemDecibels,
  settingOf,
  stemMeters,
  toggleStemMute,
  toggleStemSolo,
  useStemMix,
} from '#renderer/state';
import { classNames, plain, signed, Slider, StemMeter, Tip } from '#renderer/ui';
import { STEM_NAMES } from './stem-names';

/** The name of a stem, what silences it and what makes it louder, and how loud it is. */
export function StemHead({ stem, note }: { readonly stem: Stem; readonly note?: string | undefined }) {
  const { kind } = stem;
  const isChosen = useStemMix(state => state.chosen === kind);
  const { decibels, isMuted, isSolo } = useStemMix(state => settingOf(state, kind));
  const isMissing = useStemMix(state => state.missing.includes(kind));
  const name = STEM_NAMES[kind];
  const isSilent = decibels <= QUIETEST_STEM_DECIBELS;
  return (
    <div
      role="group"
      aria-label={name}
      data-stem={kind}
      data-chosen={isChosen}
      onPointerDown={() => chooseStem(kind)}
      className={classNames(
        'flex h-12 items-stretch gap-2 border-b border-line pr-2 pl-3',
        isChosen && 'bg-bg-2 shadow-[inset_2px_0_0_var(--select)]',
      )}
    >
      <div className="flex min-w-0 flex-1 flex-col justify-center gap-0.5">
        <div className="flex items-center gap-1.5">
          <AriaButton
            aria-pressed={isChosen}
            aria-label={`Choose ${name}`}
            onPress={() => chooseStem(kind)}
            className="focus-ring min-w-0 shrink-0 truncate rounded-r1 text-left type-strong"
          >
            {name}
          </AriaButton>
          <span className="min-w-0 flex-1 truncate text-ink-3">{isMissing ? 'missing' : note}</span>
          <LetterToggle
            letter="M"
            label={`Mute ${name}`}
            keys={keysOf('mute-stem')}
            isOn={isMuted}
            tone="warn"
            onPress={isOnly => toggleStemMute(kind, isOnly)}
          />
          <LetterToggle
            letter="S"
            label={`Solo ${name}`}
            keys={keysOf('solo-stem')}
            isOn={isSolo}
            tone="ink"
            onPress={isOnly => toggleStemSolo(kind, isOnly)}
          />
        </div>
        <div className="flex items-center gap-2">
          <Slider
            label={`Level of ${name}`}
            value={decibels}
            minimum={QUIETEST_STEM_DECIBELS}
            maximum={LOUDEST_STEM_DECIBELS}
            step={0.5}
            rest={0}
            onChange={value => setStemDecibels(kind, value)}
          />
          <span className="w-12 shrink-0 text-right whitespace-nowrap text-ink-3">
            {isSilent ? '\u2212\u221e' : decibels > 0 ? signed(decibels, 1) : plain(decibels, 1)} dB
          </span>
        </div>
      </div>
      <div className="py-1.5">
        <StemMeter
          label={`Meter of ${name}`}
          read={() => stemMeters.read(kind)}
          clock={() => stemMeters.clockSeconds}
        />
      </div>
    </div>
  );
}

/** A toggle that, with Alt, Ctrl or Command held, acts on this stem alone, as mixers do. */
function LetterToggle(props: {
  readonly letter: string;
  readonly label: string;
  readonly keys: string;
  readonly isOn: boolean;
  readonly tone: 'warn' | 'ink';
  readonly onPress: (isOnly: boolean) => void;
}) {
  const { letter, label, keys, isOn, tone, onPress } = props;
  const lit = tone === 'warn' ? 'bg-warn text-ink-inv' : 'bg-ink-1 text-ink-inv';
  const press = (event: PressEvent): void => onPress(event.altKey || event.ctrlKey || event.metaKey);
  return (
    <Tip text={`${label}; with Alt this one only`} keys={keys}>
      <AriaButton
        aria-label={label}
        aria-pressed={isOn}
        onPress={press}
        className={classNames(
          'focus-ring grid size-5 place-items-center rounded-[3px] [font:600_11px/14px_var(--font-ui)]',
          isOn ? lit : 'bg-bg-2 text-ink-3 data-[hovered]:bg-bg-3',
          !isOn && 'in-data-[chosen=true]:bg-bg-3',
        )}
      >
        {letter}
      </AriaButton>
    </Tip>
  );
}

export const stemAt = (
  kinds: readonly StemKind[],
  chosen: StemKind | null,
  step: number,
): StemKind | null => {
  const at = chosen === null ? -1 : kinds.indexOf(chosen);
  const next =
    at < 0 ? (step > 0 ? 0 : kinds.length - 1) : Math.min(kinds.length - 1, Math.max(0, at + step));
  return kinds[next] ?? null;
};
