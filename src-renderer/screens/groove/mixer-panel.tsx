import { RotateCcw } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { type Mix, PLAIN_MIX, ROLES_IN_ORDER } from '#shared/model';
import { playedMixer } from '#renderer/state';
import { Button, IconButton, plain, useFrames } from '#renderer/ui';
import { resetMix } from './mixer-changes';
import { MixerMaster } from './mixer-master';
import { MixerStrip, makeMix } from './mixer-strip';

/** The pattern's mix: a strip for each role, and the master. `switcher` goes to what else lies under the grid. */
export function MixerPanel({ mix, switcher }: { readonly mix: Mix; readonly switcher: ReactNode }) {
  return (
    <section
      aria-label="Mixer"
      data-panel=""
      className="flex h-[278px] shrink-0 flex-col border-t border-line bg-bg-1 tall:h-[300px]"
    >
      <div className="flex h-9 shrink-0 items-center gap-4 border-b border-line px-2">
        {switcher}
        <Loudness />
        <span className="flex-1" />
        <Button
          look="ghost"
          small
          isDisabled={JSON.stringify(mix) === JSON.stringify(PLAIN_MIX)}
          onPress={() => makeMix(resetMix())}
        >
          Reset the mix
        </Button>
      </div>
      <div className="flex min-h-0 flex-1">
        {ROLES_IN_ORDER.map(role => (
          <MixerStrip key={role} mix={mix} role={role} />
        ))}
        <MixerMaster mix={mix} />
      </div>
    </section>
  );
}

const READINGS = [
  { key: 'momentaryLufs', name: 'Momentary', short: 'M' },
  { key: 'shortTermLufs', name: 'Short-term', short: 'S' },
  { key: 'integratedLufs', name: 'Integrated', short: 'I' },
] as const;

/** Loudness of what was played since it began, or since it was reset. */
function Loudness() {
  const root = useRef<HTMLDListElement>(null);
  useFrames(true, () => {
    const loudness = playedMixer()?.meters()?.loudness;
    for (const element of root.current?.querySelectorAll<HTMLElement>('[data-reading]') ?? []) {
      const key = element.dataset['reading'];
      const words = !loudness
        ? '–'
        : key === 'range'
          ? plain(loudness.rangeLu, 1)
          : key === 'truePeak'
            ? level(loudness.truePeakDecibels)
            : level(
                READINGS.reduce((found, one) => (one.key === key ? loudness[one.key] : found), -Infinity),
              );
      if (element.textContent !== words) element.textContent = words;
    }
  });
  return (
    <>
      <dl
        ref={root}
        aria-label="Loudness"
        className="flex items-center gap-3 whitespace-nowrap [font:500_11px/14px_var(--font-ui)] text-ink-3"
      >
        {READINGS.map(({ key, name, short }) => (
          <Reading key={key} id={key} name={`${name} loudness, LUFS`} short={short} unit="LUFS" />
        ))}
        <Reading id="range" name="Loudness range, LU" short="Range" unit="LU" />
        <Reading id="truePeak" name="True peak, dBTP" short="Peak" unit="dBTP" />
      </dl>
      <IconButton label="Measure loudness anew" small onPress={() => playedMixer()?.resetLoudness()}>
        <RotateCcw size={13} strokeWidth={1.6} aria-hidden="true" />
      </IconButton>
    </>
  );
}

const level = (decibels: number): string =>
  decibels === -Infinity || decibels < -99 ? '\u2212\u221e' : plain(decibels, 1);

interface ReadingProps {
  readonly id: string;
  readonly name: string;
  readonly short: string;
  readonly unit: string;
}

function Reading({ id, name, short, unit }: ReadingProps) {
  return (
    <div className="flex items-baseline gap-1">
      <dt title={name}>{short}</dt>
      <dd className="flex items-baseline gap-1">
        <b data-reading={id} className="inline-block min-w-8 [font:600_13px/16px_var(--font-ui)] text-ink-1">
          –
        </b>
        <span className="hidden wide:inline">{unit}</span>
      </dd>
    </div>
  );
}
