import { memo, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { type Mix, type Role, ROLE_NAMES, ROLES_IN_ORDER } from '#shared/model';
import { isHeard } from '#shared/mix';
import { change, patternPlayer, playedMixer, previewChange } from '#renderer/state';
import { classNames, NumberField, RoleGlyph, StemMeter, Tip } from '#renderer/ui';
import { busOf, type MixChange, setBus, switchBus } from './mixer-changes';
import { EqualiserCurve } from './mixer-curve';
import { Fader } from './mixer-fader';

/** Makes one undo step of a change of the mix; a setting that is stepped again and again stays one. */
export const makeMix = ({ label, mix, gesture }: MixChange): void =>
  change(label, { kind: 'frame', frame: { mix } }, gesture);

/** Shows and sounds a change while a hand still moves. */
export const tryMix = ({ mix }: MixChange): void => previewChange({ kind: 'frame', frame: { mix } });

export const audioClock = (): number | null => patternPlayer.clockSeconds;

const FIELD = 'w-full';

interface StripProps {
  readonly mix: Mix;
  readonly role: Role;
}

/** What a role passes on its way to the master. Edits of the pattern's notes leave it alone. */
export const MixerStrip = memo(function MixerStrip({ mix, role }: StripProps) {
  const bus = busOf(mix, role);
  const { equaliser } = bus;
  const name = ROLE_NAMES[role];
  const set = (...values: Parameters<typeof setBus>[2]): void => makeMix(setBus(mix, role, values));
  const move = (...values: Parameters<typeof setBus>[2]): void => tryMix(setBus(mix, role, values));
  const band = (setting: 'low' | 'mid' | 'high', prefix: string, said: string) => (
    <NumberField
      label={`${said} of the ${name} bus, dB`}
      prefix={prefix}
      small
      hasSign
      value={equaliser[setting]}
      minimum={-18}
      maximum={18}
      step={0.5}
      digits={equaliser[setting] % 1 === 0 ? 0 : 1}
      className={FIELD}
      onCommit={value => set([setting, value])}
    />
  );
  return (
    <div
      role="group"
      aria-label={`${name} bus`}
      className="flex min-w-0 flex-1 flex-col gap-1 border-r border-line px-1.5 py-1.5 wide:px-2"
    >
      <div className="flex h-5 items-center gap-1.5">
        <RoleGlyph role={role} />
        <b className={classNames('min-w-0 flex-1 truncate type-strong', !isHeard(mix, role) && 'text-ink-3')}>
          {name}
        </b>
        <Switches mix={mix} role={role} />
      </div>
      <EqualiserCurve bands={equaliser} onMove={values => move(...values)} onSet={values => set(...values)} />
      <div className="flex min-h-0 flex-1 gap-1 wide:gap-1.5">
        <div className="flex w-11 shrink-0 flex-col gap-1 wide:w-12">
          <div className="flex min-h-0 flex-1 justify-center gap-1">
            <Fader
              label={`Gain of the ${name} bus`}
              decibels={bus.gainDecibels}
              onMove={decibels => move(['gainDecibels', decibels])}
              onSet={decibels => set(['gainDecibels', decibels])}
            />
            <StemMeter
              label={`Level of the ${name} bus`}
              read={() => playedMixer()?.meters()?.strips[ROLES_IN_ORDER.indexOf(role)] ?? null}
              clock={audioClock}
            />
          </div>
          <NumberField
            label={`Gain of the ${name} bus, dB`}
            small
            hasSign
            value={bus.gainDecibels}
            minimum={-60}
            maximum={12}
            step={0.5}
            digits={1}
            className={FIELD}
            onCommit={value => set(['gainDecibels', value])}
          />
        </div>
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          {band('low', 'Low', 'Low shelf')}
          {band('mid', 'Mid', 'Mid')}
          <NumberField
            label={`Frequency of the mid of the ${name} bus, Hz`}
            prefix="Hz"
            small
            value={equaliser.midHertz}
            minimum={100}
            maximum={8000}
            step={equaliser.midHertz < 1000 ? 10 : 100}
            className={FIELD}
            onCommit={value => set(['midHertz', Math.round(value)])}
          />
          {band('high', 'High', 'High shelf')}
          <Gauge from={0} to={bus.drive}>
            <NumberField
              label={`Drive of the ${name} bus, percent`}
              prefix="Drive"
              small
              value={Math.round(bus.drive * 100)}
              minimum={0}
              maximum={100}
              step={5}
              className={FIELD}
              onCommit={value => set(['drive', Math.round(value) / 100])}
            />
          </Gauge>
          <Gauge from={0.5} to={(1 + bus.pan) / 2}>
            <NumberField
              label={`Pan of the ${name} bus, percent, left below 0`}
              prefix="Pan"
              small
              hasSign
              value={Math.round(bus.pan * 100)}
              minimum={-100}
              maximum={100}
              step={5}
              className={FIELD}
              onCommit={value => set(['pan', Math.round(value) / 100])}
            />
          </Gauge>
        </div>
      </div>
    </div>
  );
});

/** A field with a bar at its foot, between two places 0..1 of its width, that shows at a glance what it says. */
function Gauge(props: { readonly from: number; readonly to: number; readonly children: ReactNode }) {
  const { from, to, children } = props;
  return (
    <div className="relative">
      {children}
      <span className="pointer-events-none absolute inset-x-1 bottom-px h-0.5">
        <span
          className="absolute h-full rounded-full bg-ink-2"
          style={{ left: `${100 * Math.min(from, to)}%`, width: `${100 * Math.abs(to - from)}%` }}
        />
      </span>
    </div>
  );
}

const SWITCHES = [
  { which: 'muted', letter: 'M', verb: 'Mute', lit: 'bg-warn text-ink-inv' },
  { which: 'soloed', letter: 'S', verb: 'Solo', lit: 'bg-ink-1 text-ink-inv' },
] as const;

function Switches({ mix, role }: { readonly mix: Mix; readonly role: Role }) {
  return SWITCHES.map(({ which, letter, verb, lit }) => {
    const isOn = busOf(mix, role)[which];
    const label = `${verb} the ${ROLE_NAMES[role]} bus`;
    return (
      <Tip key={which} text={label}>
        <AriaButton
          aria-label={label}
          aria-pressed={isOn}
          onPress={() => makeMix(switchBus(mix, role, which))}
          className={classNames(
            'focus-ring grid size-5 shrink-0 place-items-center rounded-[3px] [font:600_11px/14px_var(--font-ui)]',
            isOn ? lit : 'bg-bg-2 text-ink-3 data-[hovered]:bg-bg-3',
          )}
        >
          {letter}
        </AriaButton>
      </Tip>
    );
  });
}
