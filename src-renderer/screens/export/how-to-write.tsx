import { MOST_BARS, type Pattern, patternSeconds } from '#shared/model';
import { CheckBox, grouped, NumberField, Picker, Segments } from '#renderer/ui';
import { setOptions, useExport } from './export-store';
import { Line, Section } from './line';
import { MidiLines } from './midi-lines';
import { Names } from './names';

const FORMATS = [
  { value: 'wav', name: 'WAV' },
  { value: 'flac', name: 'FLAC' },
  { value: 'mp3', name: 'MP3' },
] as const;
const WAV_DEPTHS = [
  { value: '16', name: '16' },
  { value: '24', name: '24' },
  { value: '32f', name: '32 float' },
] as const;
const FLAC_DEPTHS = WAV_DEPTHS.slice(0, 2);
const KILOBITS = (['128', '192', '256', '320'] as const).map(value => ({ value, name: value }));
const RATES = [
  { value: '44100', name: '44 100 Hz' },
  { value: '48000', name: '48 000 Hz' },
  { value: '96000', name: '96 000 Hz' },
] as const;
const STEMS = [
  { value: 'mixed', name: 'Through the master' },
  { value: 'dry', name: 'Before it' },
] as const;
const LENGTHS = [
  { value: 'loop', name: 'Loop' },
  { value: 'tail', name: 'With tail' },
] as const;
const CUES = [
  { value: 'none', name: 'None' },
  { value: 'beats', name: 'Beats' },
  { value: 'hits', name: 'Hits' },
] as const;
const CUE_NOTES = {
  none: 'tempo and loop points only',
  beats: 'a cue on every beat',
  hits: 'a cue on every attack',
} as const;
const DEPTH_NOTES = {
  '16': 'dithered',
  '24': 'no dither at 24 bit',
  '32f': 'bit for bit what was mixed',
} as const;
const FORMAT_NOTES = {
  wav: '',
  flac: 'the same samples, about half the size',
  mp3: 'plays gapless',
} as const;
const MOST_PASSES = 64;

/** Audio, MIDI, names. */
export function HowToWrite(props: { readonly kitRate: number | null; readonly pattern: Pattern }) {
  const { kitRate, pattern } = props;
  return (
    <section aria-label="How to write" className="min-w-0 flex-1 overflow-y-auto p-5">
      <Section title="Audio">
        <FormatLines kitRate={kitRate} />
        <LengthLines pattern={pattern} />
      </Section>
      <Section title="MIDI">
        <MidiLines />
      </Section>
      <Section title="Names">
        <Names />
      </Section>
    </section>
  );
}

function FormatLines({ kitRate }: { readonly kitRate: number | null }) {
  const { format, bits, kilobits, sampleRate, stems } = useExport().options;
  const flacBits = bits === '16' ? '16' : '24';
  return (
    <>
      <Line name="Format" about={FORMAT_NOTES[format]}>
        <Segments
          label="Format"
          value={format}
          choices={FORMATS}
          onChange={value => setOptions({ format: value })}
        />
      </Line>
      {format === 'mp3' ? (
        <Line name="Bit rate" about="kbit/s">
          <Segments
            label="Bit rate"
            value={String(kilobits) as (typeof KILOBITS)[number]['value']}
            choices={KILOBITS}
            onChange={value => setOptions({ kilobits: Number(value) as typeof kilobits })}
          />
        </Line>
      ) : (
        <Line name="Depth" about={DEPTH_NOTES[format === 'flac' ? flacBits : bits]}>
          <Segments
            label="Depth"
            value={format === 'flac' ? flacBits : bits}
            choices={format === 'flac' ? FLAC_DEPTHS : WAV_DEPTHS}
            onChange={value => setOptions({ bits: value })}
          />
        </Line>
      )}
      <Line name="Rate" about={rateNote(kitRate, sampleRate, format)}>
        <Picker
          label="Rate"
          value={String(sampleRate) as (typeof RATES)[number]['value']}
          choices={RATES}
          onChange={value => setOptions({ sampleRate: Number(value) as typeof sampleRate })}
          className="w-30 shrink-0"
        />
      </Line>
      {stems === 'none' ? null : (
        <Line
          name="Stems"
          about={stems === 'mixed' ? 'sum to the mix' : 'without its compressor and limiter'}
        >
          <Segments
            label="Stems"
            value={stems}
            choices={STEMS}
            onChange={value => setOptions({ stems: value })}
          />
        </Line>
      )}
    </>
  );
}

function rateNote(kitRate: number | null, sampleRate: number, format: string): string {
  if (format === 'mp3' && sampleRate === 96_000) return 'an MP3 holds 48 000 Hz at most';
  if (kitRate === null) return '';
  return kitRate === sampleRate ? 'as the kit' : `kit is ${grouped(kitRate)} Hz, resampled once`;
}

function LengthLines({ pattern }: { readonly pattern: Pattern }) {
  const { loop, tailSeconds, passes, sampleRate, format, acid, cues } = useExport().options;
  const frames = Math.round(patternSeconds(pattern) * passes * sampleRate);
  const hasChances = pattern.notes.some(({ probability }) => probability < 1);
  const mostPasses = Math.max(1, Math.min(MOST_PASSES, Math.floor(MOST_BARS / pattern.bars.length)));
  return (
    <>
      <Line
        name="Length"
        about={
          loop
            ? `exactly ${grouped(frames)} frames, no seam`
            : tailSeconds === 0
              ? 'cut at the bar line'
              : 'the last hits ring on'
        }
      >
        <Segments
          label="Length"
          value={loop ? 'loop' : 'tail'}
          choices={LENGTHS}
          onChange={value => setOptions({ loop: value === 'loop' })}
        />
        {loop ? null : (
          <NumberField
            label="Tail in seconds"
            value={tailSeconds}
            minimum={0}
            maximum={30}
            digits={1}
            step={0.5}
            unit="s"
            className="w-20"
            onCommit={value => setOptions({ tailSeconds: value })}
          />
        )}
      </Line>
      <Line
        name="Passes"
        about={passes === 1 ? '' : hasChances ? 'chances are drawn anew in each' : 'each the same'}
      >
        <NumberField
          label="Passes"
          value={Math.min(passes, mostPasses)}
          minimum={1}
          maximum={mostPasses}
          className="w-20"
          onCommit={value => setOptions({ passes: Math.round(value) })}
        />
      </Line>
      {loop && format === 'wav' ? (
        <Line name="Marks" about={acid ? CUE_NOTES[cues] : 'for stretching and slicing'}>
          <CheckBox
            isChosen={acid}
            onChange={isOn => setOptions({ acid: isOn })}
            className="flex h-7 shrink-0 items-center gap-2"
          >
            Tempo
          </CheckBox>
          {acid ? (
            <Segments
              label="Cues"
              value={cues}
              choices={CUES}
              onChange={value => setOptions({ cues: value })}
            />
          ) : null}
        </Line>
      ) : null}
    </>
  );
}
