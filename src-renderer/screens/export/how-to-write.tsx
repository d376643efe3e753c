import { Input, TextField } from 'react-aria-components';
import { useDocument } from '#renderer/state';
import { NumberField, Picker, Segments } from '#renderer/ui';
import { setExport, useExport } from './export-store';
import { fileStem } from './plan';

const DEPTHS = [
  { value: '16', name: '16' },
  { value: '24', name: '24' },
  { value: '32f', name: '32 float' },
] as const;
const RATES = [
  { value: '44100', name: '44 100 Hz' },
  { value: '48000', name: '48 000 Hz' },
  { value: '96000', name: '96 000 Hz' },
] as const;
const LEVELS = [
  { value: 'mixed', name: 'As mixed' },
  { value: 'limited', name: 'Soft limiter' },
] as const;
const DEPTH_NOTES = {
  '16': 'dithered',
  '24': 'no dither at 24 bit',
  '32f': 'bit for bit what was mixed',
} as const;

/** Audio format, and what the files are called. */
export function HowToWrite({ kitRate }: { readonly kitRate: number | null }) {
  const { wav, sampleRate, limiter, tailSeconds, name } = useExport();
  const documentName = useDocument(state => state.name);
  const shownName = name ?? documentName;
  return (
    <section aria-label="How to write" className="min-w-0 flex-1 p-5">
      <h3 className="mb-3 type-title">Audio</h3>
      <Line name="Depth" about={wav ? DEPTH_NOTES[wav] : 'no WAV chosen'}>
        <Segments
          label="Depth"
          value={wav ?? '24'}
          choices={DEPTHS}
          onChange={value => setExport({ wav: value })}
        />
      </Line>
      <Line
        name="Rate"
        about={
          kitRate === null
            ? ''
            : kitRate === sampleRate
              ? 'as the kit'
              : `kit is ${kitRate} Hz, resampled once`
        }
      >
        <Picker
          label="Rate"
          value={String(sampleRate) as (typeof RATES)[number]['value']}
          choices={RATES}
          onChange={value => setExport({ sampleRate: Number(value) as 44100 | 48000 | 96000 })}
          className="w-30"
        />
      </Line>
      <Line name="Level" about={limiter ? 'peaks rounded off below 0 dBFS' : 'peaks stay as they are'}>
        <Segments
          label="Level"
          value={limiter ? 'limited' : 'mixed'}
          choices={LEVELS}
          onChange={value => setExport({ limiter: value === 'limited' })}
        />
      </Line>
      <Line name="Tail" about={tailSeconds === 0 ? 'cut at the bar line' : 'the last hits ring on'}>
        <NumberField
          label="Tail in seconds"
          value={tailSeconds}
          minimum={0}
          maximum={30}
          digits={1}
          step={0.5}
          unit="s"
          className="w-20"
          onCommit={value => setExport({ tailSeconds: value })}
        />
      </Line>
      <h3 className="mt-5 mb-3 border-t border-line pt-5 type-title">MIDI</h3>
      <p className="text-ink-3">
        A conductor track and one named track per role, channel 10, General MIDI notes. Micro-offsets are kept
        to half a tick.
      </p>
      <h3 className="mt-5 mb-3 border-t border-line pt-5 type-title">Names</h3>
      <TextField
        aria-label="Name of the files"
        value={shownName}
        maxLength={80}
        onChange={value => setExport({ name: value })}
        className="flex h-8 items-center gap-2 rounded-r2 border border-line-2 bg-bg-0 px-2.5 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus"
      >
        <Input className="min-w-0 flex-1 bg-transparent outline-none" />
        <span className="max-w-60 truncate text-ink-3">{fileStem(shownName)}.wav</span>
      </TextField>
    </section>
  );
}

function Line(props: { readonly name: string; readonly about: string; readonly children: React.ReactNode }) {
  const { name, about, children } = props;
  return (
    <div className="mb-1.5 flex items-center gap-3">
      <span className="w-14 shrink-0 text-ink-3">{name}</span>
      {children}
      <span className="min-w-0 truncate text-ink-3">{about}</span>
    </div>
  );
}
