import { Circle } from 'lucide-react';
import { useEffect, useState } from 'react';
import {
  clearTaps,
  grooveOfTaps,
  inputLatencyMs,
  openSettings,
  setLive,
  useDocument,
  useLiveSettings,
  useMidiDevices,
  usePlaying,
  useRecording,
} from '#renderer/state';
import { Button, count, NumberField, plain, Segments } from '#renderer/ui';
import { FEWEST_FREE_TAPS, pulseOfTaps } from '#shared/live';

const MODES = [
  { value: 'overdub', name: 'Overdub' },
  { value: 'replace', name: 'Replace' },
] as const;

/** How what is played in is taken, and what was tapped: in sight while recording is armed. */
export function RecordBar() {
  const { mode, quantisePercent } = useLiveSettings();
  return (
    <section
      aria-label="Recording"
      data-panel=""
      className="flex h-10 shrink-0 items-center gap-2 border-b border-line bg-bg-1 px-3 whitespace-nowrap"
    >
      <Circle size={11} fill="currentColor" aria-hidden="true" className="text-bad" />
      <Segments
        label="What recording does with the hits that are there"
        small
        value={mode}
        choices={MODES}
        onChange={value => setLive({ mode: value })}
      />
      <NumberField
        label="Quantise what is played in, percent"
        prefix="Quantise"
        unit="%"
        value={quantisePercent}
        minimum={0}
        maximum={100}
        step={5}
        className="w-29"
        onCommit={value => setLive({ quantisePercent: Math.round(value) })}
      />
      <Latency />
      <Source />
      <span className="min-w-0 flex-1" />
      <WhatWasPlayed />
    </section>
  );
}

function Latency() {
  const latency = useLiveSettings(state => state.latencyMs);
  const isPlaying = usePlaying(state => state.isPlaying);
  const [measured, setMeasured] = useState(inputLatencyMs);
  useEffect(() => {
    setMeasured(inputLatencyMs());
    const timer = setInterval(() => setMeasured(inputLatencyMs()), 1000);
    return () => clearInterval(timer);
  }, [isPlaying, latency]);
  return (
    <>
      <NumberField
        label="Latency taken off, milliseconds"
        prefix="Latency"
        unit="ms"
        value={measured}
        minimum={-50}
        maximum={500}
        className="w-29"
        onCommit={value => setLive({ latencyMs: Math.round(value) })}
      />
      {latency === null ? (
        <span className="hidden text-ink-3 min-[1600px]:inline">measured</span>
      ) : (
        <Button look="ghost" small onPress={() => setLive({ latencyMs: null })}>
          As measured
        </Button>
      )}
    </>
  );
}

function Source() {
  const status = useMidiDevices(state => state.status);
  const inputs = useMidiDevices(state => state.inputs);
  const chosen = useLiveSettings(state => state.input);
  const meant = inputs.filter(({ id }) => chosen === null || id === chosen);
  const [only] = meant;
  const words =
    status !== 'on' || !only
      ? 'Keys'
      : meant.length === 1
        ? `Keys, ${only.name}`
        : `Keys, ${meant.length} devices`;
  return (
    <>
      <span className="min-w-0 truncate text-ink-3">{words}</span>
      <Button look="ghost" small onPress={() => openSettings('midi')}>
        MIDI
      </Button>
    </>
  );
}

function WhatWasPlayed() {
  const taps = useRecording(state => state.taps);
  const played = useRecording(state => state.count);
  const isPlaying = usePlaying(state => state.isPlaying);
  const kitId = useDocument(state => state.kitId);
  if (isPlaying)
    return (
      <span role="status" className="text-ink-2">
        {played > 0 ? `${count(played, 'hit')} in this pass` : 'Play along'}
      </span>
    );
  if (taps.length === 0)
    return (
      <span className="min-w-0 truncate text-ink-3">Press play and play along, or tap a rhythm freely</span>
    );
  const pulse = pulseOfTaps(taps.map(({ time }) => time));
  const missing = FEWEST_FREE_TAPS - taps.length;
  return (
    <>
      <span role="status" className="text-ink-2">
        {count(taps.length, 'tap')}
        {pulse ? `, ${plain(pulse.bpm, 1)} BPM` : missing > 0 ? `, ${missing} more for a tempo` : ''}
      </span>
      <Button look="ghost" small onPress={clearTaps}>
        Clear
      </Button>
      <Button look="plain" small isDisabled={!pulse || kitId === ''} onPress={() => grooveOfTaps(true)}>
        Tap to drums
      </Button>
      <Button look="primary" small isDisabled={!pulse || kitId === ''} onPress={() => grooveOfTaps(false)}>
        Make a groove
      </Button>
    </>
  );
}
