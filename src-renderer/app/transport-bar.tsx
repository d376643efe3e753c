import { Circle, Pause, Play, Repeat, Square, Volume2 } from 'lucide-react';
import { useRef } from 'react';
import { openedEngine, setVolume } from '#renderer/playback';
import {
  change,
  heardPosition,
  keysOf,
  playedMixer,
  placeWords,
  playedPlace,
  printedPlace,
  runCommand,
  samplePosition,
  setView,
  trackPosition,
  useDocument,
  useDocumentKit,
  usePlaying,
  useRecording,
  useShownPattern,
  useView,
} from '#renderer/state';
import { IconButton, LevelMeter, NumberField, plain, preciseClock, Slider, useFrames } from '#renderer/ui';
import { barStarts, meterText, timeOf } from '#shared/model';
import { BeatHelp, SongUnder } from './play-along';
import { type TransportSource, useTransport } from './use-transport';

const QUIETEST_DECIBELS = -40;
/** Below the meter's own gate nothing is shown. */
const QUIETEST_LUFS = -70;
const readPeaks = (): readonly [number, number] | null => openedEngine()?.peaks() ?? null;

/** Play, where it stands, how fast, what sounds, how loud. */
export function TransportBar() {
  const { source, isPlaying, toggle, stop } = useTransport();
  const isLooping = useView(state => state.isLooping);
  const volume = useView(state => state.volumeDecibels);
  const changeVolume = (decibels: number): void => {
    setVolume(decibels);
    setView({ volumeDecibels: decibels });
  };
  return (
    <footer
      aria-label="Transport"
      data-panel=""
      className="col-span-full flex items-center gap-3 border-t border-line bg-bg-1 px-3"
    >
      <div className="flex items-center gap-1">
        <IconButton
          filled
          label={isPlaying ? 'Pause' : 'Play'}
          keys={keysOf('play')}
          isDisabled={source.kind === 'nothing'}
          onPress={toggle}
        >
          {isPlaying ? (
            <Pause size={14} fill="currentColor" aria-hidden="true" />
          ) : (
            <Play size={14} fill="currentColor" aria-hidden="true" />
          )}
        </IconButton>
        <IconButton label="Stop" keys={keysOf('stop')} onPress={stop}>
          <Square size={11} fill="currentColor" aria-hidden="true" />
        </IconButton>
        <IconButton
          label="Loop"
          keys={keysOf('loop')}
          on={isLooping}
          onPress={() => setView({ isLooping: !isLooping })}
        >
          <Repeat size={16} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
        <RecordButton />
      </div>
      <Divider />
      <Position source={source} />
      <Divider />
      {source.kind === 'track' ? (
        <TrackFacts source={source} />
      ) : source.kind === 'sample' ? (
        <Readout value={source.sample.tempo.toFixed(2)} name="BPM" />
      ) : (
        <PatternFacts />
      )}
      {source.kind === 'pattern' && <BeatHelp />}
      <Divider />
      <Subject source={source} />
      {source.kind === 'pattern' && <SongUnder />}
      <span className="flex-1" />
      {source.kind === 'pattern' && <ShortTermLoudness />}
      <LevelMeter read={readPeaks} />
      <Divider />
      <Volume2 size={16} strokeWidth={1.4} aria-hidden="true" className="text-ink-2" />
      <Slider
        label="Volume"
        value={volume}
        minimum={QUIETEST_DECIBELS}
        maximum={6}
        step={1}
        rest={0}
        onChange={changeVolume}
        className="w-18 shrink-0"
      />
      <span className="w-12 shrink-0 text-right whitespace-nowrap text-ink-3">{plain(volume)} dB</span>
    </footer>
  );
}

/** Loudness of the last three seconds out of the mixer, before the volume. */
function ShortTermLoudness() {
  const text = useRef<HTMLElement>(null);
  useFrames(true, () => {
    const lufs = playedMixer()?.meters()?.loudness.shortTermLufs ?? -Infinity;
    const words = lufs < QUIETEST_LUFS ? '\u2212\u221e' : plain(lufs, 1);
    if (text.current && text.current.textContent !== words) text.current.textContent = words;
  });
  return (
    <div className="hidden w-17 shrink-0 flex-col text-right whitespace-nowrap wide:flex">
      <b ref={text} className="[font:600_13px/16px_var(--font-ui)]" />
      <span className="[font:500_11px/14px_var(--font-ui)] text-ink-3">LUFS, short</span>
    </div>
  );
}

/** Arms recording; red while it is armed, as on every machine. */
function RecordButton() {
  const isArmed = useRecording(state => state.isArmed);
  const isGroove = useView(state => state.screen === 'groove');
  return (
    <IconButton
      label="Record"
      keys={keysOf('record')}
      on={isArmed}
      isDisabled={!isGroove}
      onPress={() => runCommand('record')}
    >
      <Circle
        size={13}
        strokeWidth={1.6}
        fill={isArmed ? 'currentColor' : 'none'}
        aria-hidden="true"
        className={isArmed ? 'text-bad' : ''}
      />
    </IconButton>
  );
}

const Divider = () => <span className="h-6 w-px shrink-0 bg-line" />;

function Position({ source }: { readonly source: TransportSource }) {
  const place = useRef<HTMLElement>(null);
  const time = useRef<HTMLSpanElement>(null);
  useFrames(true, () => {
    const played = playedPlace();
    const isPattern = source.kind === 'pattern' && played !== null;
    const countIn = isPattern ? (heardPosition()?.countIn ?? 0) : 0;
    const seconds = isPattern
      ? timeOf(played.pattern).secondsAt(played.ticks)
      : source.kind === 'sample'
        ? samplePosition()
        : trackPosition();
    const standing = isPattern
      ? printedPlace(played.pattern, played.ticks)
      : source.kind === 'sample'
        ? source.sample.placeAt(seconds)
        : songPlace(source, seconds);
    const words = countIn > 0 ? `−${countIn}` : standing;
    const clockWords = preciseClock(seconds);
    if (place.current && place.current.textContent !== words) place.current.textContent = words;
    if (time.current && time.current.textContent !== clockWords) time.current.textContent = clockWords;
  });
  return (
    <div className="flex w-22 flex-col whitespace-nowrap">
      <b ref={place} className="[font:600_18px/20px_var(--font-ui)] tracking-[.02em]" />
      <span ref={time} className="[font:500_11px/14px_var(--font-ui)] text-ink-3" />
    </div>
  );
}

/** Bar, beat and sixteenth of a song, by its tempo; "–" before bar 1 and where no tempo is known. */
function songPlace(source: TransportSource, seconds: number): string {
  const tempo = source.kind === 'track' ? source.track.tempo : null;
  if (!tempo || seconds < tempo.firstDownbeat) return '–';
  return placeWords(tempo, seconds);
}

function Readout({ value, name }: { readonly value: string; readonly name: string }) {
  return (
    <div className="flex flex-col whitespace-nowrap">
      <b className="[font:600_13px/16px_var(--font-ui)]">{value}</b>
      <span className="[font:500_11px/14px_var(--font-ui)] text-ink-3">{name}</span>
    </div>
  );
}

function TrackFacts({ source }: { readonly source: Extract<TransportSource, { readonly kind: 'track' }> }) {
  const { tempo } = source.track;
  return (
    <>
      <Readout value={tempo ? tempo.bpm.toFixed(2) : '–'} name="BPM" />
      <Readout value={tempo ? `${tempo.meter.numerator} / ${tempo.meter.denominator}` : '–'} name="Meter" />
    </>
  );
}

function PatternFacts() {
  const pattern = useShownPattern();
  if (!pattern) return <Readout value="–" name="BPM" />;
  const { tempo, bars, swing } = pattern;
  const meters = new Set(bars.map(meter => meterText(meter).replace('/', ' / ')));
  const [meter = '–'] = meters;
  const isStraight = swing.percent === 50;
  return (
    <>
      <NumberField
        label="Tempo"
        value={tempo}
        minimum={20}
        maximum={400}
        digits={2}
        unit="BPM"
        className="w-26"
        onCommit={value => change('Set the tempo', { kind: 'frame', frame: { tempo: value } }, true)}
      />
      <Readout value={meters.size === 1 ? meter : 'mixed'} name="Meter" />
      <Readout
        value={isStraight ? 'straight' : `${plain(swing.percent, swing.percent % 1 === 0 ? 0 : 1)} %`}
        name={isStraight ? 'Swing' : `Swing, ${swing.base}`}
      />
    </>
  );
}

/** "loops bars 2-3"; undefined when all bars are played. */
function useLoopedBars(): string | undefined {
  const loop = usePlaying(state => state.loop);
  const pattern = useShownPattern();
  if (!loop || !pattern) return undefined;
  const starts = barStarts(pattern.bars);
  const first = starts.findIndex(start => start >= loop.from) + 1;
  const last = starts.findIndex(start => start >= loop.to);
  return first >= last ? `loops bar ${first}` : `loops bars ${first}–${last}`;
}

function Subject({ source }: { readonly source: TransportSource }) {
  const name = useDocument(state => state.name);
  const bars = useShownPattern()?.bars.length ?? 0;
  const kit = useDocumentKit();
  const isLooping = useView(state => state.isLooping);
  const looped = useLoopedBars();
  if (source.kind === 'nothing') return null;
  if (source.kind === 'sample')
    return <SubjectLines first={source.sample.title} second={source.sample.detail} />;
  const isTrack = source.kind === 'track';
  const barWords = bars === 1 ? '1 bar' : `${bars} bars`;
  const played = isLooping ? (looped ?? `loop of ${barWords}`) : barWords;
  return (
    <SubjectLines
      first={isTrack ? source.track.name : `${name}, ${played}`}
      second={isTrack ? 'Song' : `Kit: ${kit?.name ?? 'none'}`}
    />
  );
}

function SubjectLines({ first, second }: { readonly first: string; readonly second: string }) {
  return (
    <div className="flex min-w-0 flex-col whitespace-nowrap">
      <b className="truncate [font:500_12px/16px_var(--font-ui)]">{first}</b>
      <span className="truncate [font:500_11px/14px_var(--font-ui)] text-ink-3">{second}</span>
    </div>
  );
}
