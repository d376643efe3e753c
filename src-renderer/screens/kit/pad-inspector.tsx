import { Lock, LockOpen, Play } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { type Hit, type HitId, INSTRUMENT_FACTS, type Pad, ROLE_NAMES } from '#shared/model';
import { changePad, hitName, keysOf, sliceSeconds } from '#renderer/state';
import {
  Button,
  classNames,
  duration,
  Fact,
  IconButton,
  Keys,
  NumberField,
  PanelHead,
  Picker,
  roleToken,
  SliceWave,
} from '#renderer/ui';

const CHOKES = [
  { value: 'none', name: 'none' },
  { value: 'hat', name: 'H, hats' },
  { value: 'A', name: 'A' },
  { value: 'B', name: 'B' },
  { value: 'C', name: 'C' },
] as const;

interface PadInspectorProps {
  readonly pad: Pad;
  readonly hits: ReadonlyMap<HitId, Hit>;
  /** The hit of the list that would be sent to the pad. */
  readonly candidate: Hit | null;
  readonly onSend: () => void;
  /** Lets one of the pad's own hits sound. */
  readonly onChoose: (hit: HitId) => void;
  readonly onListen: (hit: Hit) => void;
}

/** One pad: what sounds on it, what could, and how it plays. */
export function PadInspector({ pad, hits, candidate, onSend, onChoose, onListen }: PadInspectorProps) {
  const hit = hits.get(pad.hits[pad.chosen] ?? ('' as HitId));
  const set = (what: string, changed: Partial<Pad>): void =>
    changePad(`${what} of ${pad.name}`, pad.id, changed);
  const known = CHOKES.some(one => one.value === pad.choke) || pad.choke === null;
  return (
    <aside
      aria-label="Pad"
      data-panel=""
      className="flex min-h-0 flex-1 flex-col border-t border-line bg-bg-1"
    >
      <PanelHead title={pad.name} aside={`note ${pad.note}`}>
        <IconButton
          small
          label={pad.locked ? 'Unlock the pad' : 'Lock the pad'}
          keys={keysOf('lock-pad')}
          on={pad.locked}
          onPress={() => set(pad.locked ? 'Unlock' : 'Lock', { locked: !pad.locked })}
        >
          {pad.locked ? (
            <Lock size={14} strokeWidth={1.6} aria-hidden="true" />
          ) : (
            <LockOpen size={14} strokeWidth={1.4} aria-hidden="true" />
          )}
        </IconButton>
      </PanelHead>
      <div className="h-26 shrink-0 border-b border-line bg-bg-0 p-3">
        <SliceWave audio={hit?.audio} token={roleToken(pad.role)} />
      </div>
      <dl className="flex flex-col gap-0.5 p-3">
        <Fact name="Sounds">{hit ? hitName(hit) : 'nothing yet'}</Fact>
        <Fact name="Instrument">{INSTRUMENT_FACTS[pad.instrument].name}</Fact>
        <Fact name="Role">{ROLE_NAMES[pad.role]}</Fact>
        {hit ? <Fact name="Length">{duration(sliceSeconds(hit))}</Fact> : null}
      </dl>
      <div className="flex flex-col gap-2 border-t border-line p-3">
        <Setting name="Choke group">
          <Picker
            label="Choke group"
            value={pad.choke ?? 'none'}
            choices={
              known || pad.choke === null ? CHOKES : [...CHOKES, { value: pad.choke, name: pad.choke }]
            }
            onChange={value => set('Choke', { choke: value === 'none' ? null : value })}
            className="w-28"
          />
        </Setting>
        <Setting name="Level">
          <NumberField
            label="Level of the pad"
            value={pad.gainDecibels}
            minimum={-60}
            maximum={12}
            digits={1}
            step={0.5}
            hasSign
            unit="dB"
            className="w-28"
            onCommit={gainDecibels => set('Level', { gainDecibels })}
          />
        </Setting>
        <Setting name="Pan, left to right">
          <NumberField
            label="Pan of the pad"
            value={Math.round(pad.pan * 100)}
            minimum={-100}
            maximum={100}
            hasSign
            unit="%"
            className="w-28"
            onCommit={value => set('Pan', { pan: value / 100 })}
          />
        </Setting>
      </div>
      <section
        aria-label="Hits of the pad"
        className="min-h-0 flex-1 overflow-y-auto border-t border-line p-3"
      >
        <h3 className="mb-2 type-strong">
          Hits of the pad <span className="font-normal text-ink-3">{pad.hits.length}</span>
        </h3>
        <div className="grid grid-cols-2 gap-1.5">
          {pad.hits.map((id, index) => (
            <Alternative
              key={id}
              hit={hits.get(id)}
              isChosen={index === pad.chosen}
              isLocked={pad.locked}
              onListen={onListen}
              onChoose={() => onChoose(id)}
            />
          ))}
        </div>
      </section>
      <div className="flex flex-col gap-2 border-t border-line p-3">
        <span className="truncate text-ink-3">
          {candidate ? hitName(candidate) : 'Choose a hit in the list'}
          {pad.locked ? ', but the pad is locked' : ''}
        </span>
        <Button look="primary" wide isDisabled={!candidate || pad.locked} onPress={onSend}>
          Send to {pad.name} <Keys keys={keysOf('send-to-pad')} isInverse />
        </Button>
      </div>
    </aside>
  );
}

function Setting({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <span className="text-ink-3">{name}</span>
      {children}
    </div>
  );
}

function Alternative(props: {
  readonly hit: Hit | undefined;
  readonly isChosen: boolean;
  readonly isLocked: boolean;
  readonly onListen: (hit: Hit) => void;
  readonly onChoose: () => void;
}) {
  const { hit, isChosen, isLocked, onListen, onChoose } = props;
  if (!hit) return <span className="rounded-r2 bg-bg-2 p-2 text-ink-3">missing</span>;
  return (
    <AriaButton
      aria-label={`${isChosen ? 'Sounds' : 'Use'} ${hitName(hit)}`}
      aria-pressed={isChosen}
      onPress={() => {
        onListen(hit);
        if (!isChosen && !isLocked) onChoose();
      }}
      className={classNames(
        'focus-ring min-w-0 rounded-r3 border bg-bg-2 px-2 pt-1.5 pb-1 text-left data-[hovered]:bg-bg-3',
        isChosen ? 'border-ink-1' : 'border-transparent',
      )}
    >
      <SliceWave audio={hit.audio} token="--wave" className="h-5 w-full" />
      <span className="flex items-center gap-1 truncate type-label">
        {isChosen ? <Play size={9} fill="currentColor" aria-hidden="true" /> : null}
        <span className="truncate">{hitName(hit)}</span>
      </span>
    </AriaButton>
  );
}
