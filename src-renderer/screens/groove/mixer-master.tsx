import { memo, useRef } from 'react';
import type { Compressor, Mix } from '#shared/model';
import { playedMixer } from '#renderer/state';
import { CheckBox, NumberField, plain, StemMeter, useFrames } from '#renderer/ui';
import { setCeiling, setCompressor, setMasterGain, switchCompressor, USUAL_CEILING } from './mixer-changes';
import { Fader } from './mixer-fader';
import { audioClock, makeMix, tryMix } from './mixer-strip';

interface Field {
  readonly setting: keyof Compressor;
  readonly prefix: string;
  readonly said: string;
  readonly unit: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
}

const FIELDS: readonly Field[] = [
  {
    setting: 'thresholdDecibels',
    prefix: 'Thr',
    said: 'Threshold',
    unit: 'dB',
    minimum: -60,
    maximum: 0,
    step: 1,
  },
  { setting: 'ratio', prefix: 'Ratio', said: 'Ratio', unit: ': 1', minimum: 1, maximum: 20, step: 0.5 },
  {
    setting: 'attackMilliseconds',
    prefix: 'Att',
    said: 'Attack',
    unit: 'ms',
    minimum: 0.1,
    maximum: 200,
    step: 1,
  },
  {
    setting: 'releaseMilliseconds',
    prefix: 'Rel',
    said: 'Release',
    unit: 'ms',
    minimum: 5,
    maximum: 2000,
    step: 10,
  },
  {
    setting: 'makeupDecibels',
    prefix: 'Gain',
    said: 'Make-up gain',
    unit: 'dB',
    minimum: 0,
    maximum: 24,
    step: 0.5,
  },
];

/** Gain, compressor and limiter of the whole. */
export const MixerMaster = memo(function MixerMaster({ mix }: { readonly mix: Mix }) {
  const { gainDecibels, compressor, ceilingDecibels } = mix.master;
  return (
    <div role="group" aria-label="Master" className="flex w-67 shrink-0 flex-col gap-1 px-2 py-1.5 wide:w-72">
      <b className="h-5 type-strong leading-5">Master</b>
      <div className="flex min-h-0 flex-1 gap-2">
        <div className="flex w-14 shrink-0 flex-col gap-1">
          <div className="flex min-h-0 flex-1 justify-center gap-1">
            <Fader
              label="Gain of the master"
              decibels={gainDecibels}
              onMove={decibels => tryMix(setMasterGain(mix, decibels))}
              onSet={decibels => makeMix(setMasterGain(mix, decibels))}
            />
            <StemMeter
              label="Level of the master"
              read={() => playedMixer()?.meters()?.master ?? null}
              clock={audioClock}
            />
          </div>
          <NumberField
            label="Gain of the master, dB"
            small
            hasSign
            value={gainDecibels}
            minimum={-60}
            maximum={12}
            step={0.5}
            digits={1}
            className="w-full"
            onCommit={value => makeMix(setMasterGain(mix, value))}
          />
        </div>
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          <CheckBox isChosen={compressor !== null} onChange={isOn => makeMix(switchCompressor(mix, isOn))}>
            Compressor
          </CheckBox>
          <Reduction
            label="Gain reduction of the compressor"
            read={() => playedMixer()?.meters()?.compressorDecibels ?? 0}
          />
          {FIELDS.map(({ setting, said, ...field }) => {
            const value = compressor?.[setting] ?? null;
            return (
              <NumberField
                key={setting}
                {...field}
                label={`${said} of the compressor, ${field.unit === ': 1' ? 'to 1' : field.unit}`}
                small
                value={value}
                mixed="–"
                digits={value === null || value % 1 === 0 ? 0 : 1}
                isDisabled={compressor === null}
                className="w-full"
                onCommit={next => makeMix(setCompressor(mix, setting, next))}
              />
            );
          })}
        </div>
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          <CheckBox
            isChosen={ceilingDecibels !== null}
            onChange={isOn => makeMix(setCeiling(mix, isOn ? USUAL_CEILING : null))}
          >
            Limiter
          </CheckBox>
          <Reduction
            label="Gain reduction of the limiter"
            read={() => playedMixer()?.meters()?.limiterDecibels ?? 0}
          />
          <NumberField
            label="Ceiling of the limiter, dBTP"
            prefix="Ceil"
            unit="dB"
            small
            value={ceilingDecibels}
            mixed="–"
            minimum={-12}
            maximum={0}
            step={0.5}
            digits={ceilingDecibels === null || ceilingDecibels % 1 === 0 ? 0 : 1}
            isDisabled={ceilingDecibels === null}
            className="w-full"
            onCommit={value => makeMix(setCeiling(mix, value))}
          />
        </div>
      </div>
    </div>
  );
});

/** Right end of the picture. */
const MOST_SHOWN_DECIBELS = 18;
/** How fast the bar goes back, in dB a frame of 1/60 s. */
const FALL = 0.4;

/** How far something takes the sound down, from the right to the left, and the most of the last moments in numbers. */
function Reduction({ label, read }: { readonly label: string; readonly read: () => number }) {
  const bar = useRef<HTMLSpanElement>(null);
  const text = useRef<HTMLSpanElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const shown = useRef(0);
  const held = useRef({ value: 0, frames: 0 });
  useFrames(true, () => {
    const now = read();
    shown.current = Math.max(now, shown.current - FALL, 0);
    const share = Math.min(1, shown.current / MOST_SHOWN_DECIBELS);
    if (bar.current) bar.current.style.width = `${(share * 100).toFixed(1)}%`;
    const isNew = now > held.current.value || held.current.frames > 60;
    held.current = isNew ? { value: now, frames: 0 } : { ...held.current, frames: held.current.frames + 1 };
    const words = held.current.value < 0.05 ? '0' : plain(-held.current.value, 1);
    if (text.current && text.current.textContent !== words) text.current.textContent = words;
    root.current?.setAttribute('data-reduction-db', held.current.value.toFixed(1));
  });
  return (
    <div ref={root} role="img" aria-label={label} className="flex h-4 items-center gap-1.5">
      <span className="relative h-1.5 flex-1 overflow-hidden rounded-full bg-bg-2">
        <span ref={bar} className="absolute top-0 right-0 h-full bg-warn" />
      </span>
      <span ref={text} className="w-7 text-right [font:500_11px/14px_var(--font-ui)] text-ink-2">
        0
      </span>
    </div>
  );
}
