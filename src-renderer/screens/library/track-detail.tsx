import { Drum, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Track } from '#shared/model';
import {
  chooseStem,
  drumsToPattern,
  findMissingStems,
  keysOf,
  removeTrack,
  seekTrack,
  setTrackLoop,
  setView,
  soundingStems,
  toggleStemMute,
  toggleStemSolo,
  trackPosition,
  useCommands,
  useStemMix,
} from '#renderer/state';
import { Button, clock, IconButton, PanelHead, Tip, useFrames } from '#renderer/ui';
import { BleedHead, BleedLane } from './bleed-lane';
import { LoopSpan, LoopWords } from './loop';
import { MissingStems } from './missing-stems';
import { SeparatorChoice } from './separator-choice';
import { StemHead, stemAt } from './stem-head';
import { StemLane } from './stem-lane';
import { TempoStrip } from './tempo-strip';
import { TempoTools } from './tempo-tools';
import { TrackRuler } from './track-ruler';
import { useLanePointer } from './use-lane-pointer';

const SEEK_SECONDS = 5;
const CHANNEL_WORDS: Readonly<Record<number, string>> = { 1: 'mono', 2: 'stereo' };

/** The selected track: its stems under one ruler, heard together or apart. */
export function TrackDetail({ track }: { readonly track: Track }) {
  const mix = track.stems.find(({ kind }) => kind === 'mix');
  const parts = soundingStems(track).filter(({ kind }) => kind !== 'mix');
  const channels = CHANNEL_WORDS[track.channelCount] ?? `${track.channelCount} channels`;
  useEffect(() => {
    void findMissingStems(track);
  }, [track]);
  useStemCommands(track);
  return (
    <section
      aria-label={`Track ${track.name}`}
      data-panel=""
      className="flex max-h-[62%] shrink-0 flex-col border-t border-line-2 bg-bg-1"
    >
      <PanelHead
        title={track.name}
        aside={`${(track.sampleRate / 1000).toFixed(1)} kHz, ${channels}, ${clock(track.seconds)}`}
      >
        <TempoTools track={track} />
        <Tip text="The groove that is played, with its feel" keys={keysOf('drums-to-pattern')}>
          <Button onPress={() => void drumsToPattern(track, 'typical')} isDisabled={!track.tempo}>
            <Drum size={15} strokeWidth={1.4} aria-hidden="true" />
            Drums to pattern
          </Button>
        </Tip>
        <IconButton label={`Remove ${track.name}`} onPress={() => removeTrack(track)}>
          <Trash2 size={15} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
      </PanelHead>
      <TempoStrip track={track} />
      <MissingStems track={track} />
      <div className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto">
        <div className="flex">
          <div data-keys="stems" className="flex w-60 shrink-0 flex-col border-r border-line">
            <div className="sticky top-0 z-1 flex h-5 justify-end border-b border-line bg-bg-1">
              <LoopWords />
            </div>
            {mix ? <MixHead track={track} /> : null}
            {parts.map(stem => (
              <div key={stem.kind}>
                <StemHead stem={stem} note={noteOf(stem.kind, parts.length)} />
                {stem.bleed === undefined ? null : <BleedHead stem={stem} seconds={track.seconds} />}
              </div>
            ))}
          </div>
          <Lanes track={track} />
        </div>
      </div>
    </section>
  );
}

const noteOf = (kind: string, partCount: number): string | undefined =>
  kind === 'residual' && partCount > 2 ? 'less the others' : undefined;

function MixHead({ track }: { readonly track: Track }) {
  return (
    <div className="flex h-9 items-center gap-2 border-b border-line pr-2 pl-3">
      <span className="flex-1 type-strong">Mix</span>
      <SeparatorChoice track={track} />
    </div>
  );
}

function Lanes({ track }: { readonly track: Track }) {
  const lanes = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLSpanElement>(null);
  const pointer = useLanePointer(track);
  const mix = track.stems.find(({ kind }) => kind === 'mix');
  useFrames(true, () => {
    const fraction = Math.min(1, trackPosition() / Math.max(0.001, track.seconds));
    if (head.current) head.current.style.left = `${fraction * 100}%`;
    lanes.current?.setAttribute('aria-valuenow', String(Math.round(trackPosition())));
    lanes.current?.setAttribute('aria-valuetext', `${clock(trackPosition())} of ${clock(track.seconds)}`);
  });
  return (
    <div
      ref={lanes}
      role="slider"
      tabIndex={0}
      aria-label="Position in the track"
      aria-valuemin={0}
      aria-valuemax={Math.round(track.seconds)}
      aria-valuenow={0}
      onKeyDown={event => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        if (event.key === 'ArrowRight') seekTrack(track, trackPosition() + SEEK_SECONDS);
        else if (event.key === 'ArrowLeft') seekTrack(track, trackPosition() - SEEK_SECONDS);
        else if (event.key === 'Home') seekTrack(track, 0);
        else return;
        event.preventDefault();
      }}
      {...pointer}
      className="relative min-w-0 flex-1 bg-bg-0 focus-visible:-outline-offset-2"
    >
      <div className="sticky top-0 z-1 bg-bg-0">
        <TrackRuler track={track} />
      </div>
      {mix ? (
        <div className="h-9 border-b border-line">
          <StemLane track={track} stem={mix} />
        </div>
      ) : null}
      {soundingStems(track)
        .filter(({ kind }) => kind !== 'mix')
        .map(stem => (
          <div key={stem.kind}>
            <div className="h-12 border-b border-line">
              <StemLane track={track} stem={stem} />
            </div>
            {stem.bleed === undefined ? null : (
              <div className="h-6 border-b border-line">
                <BleedLane stem={stem} />
              </div>
            )}
          </div>
        ))}
      <LoopSpan seconds={track.seconds} />
      <span
        ref={head}
        data-playhead=""
        className="pointer-events-none absolute inset-y-0 z-2 w-px bg-ink-1 before:absolute before:top-0 before:-left-1.25 before:h-2.5 before:w-2.75 before:rounded-[2px] before:bg-ink-1 before:content-['']"
      />
    </div>
  );
}

/** Fewest seconds that a loop begun by a key has until its other end is set. */
const FIRST_LOOP_SECONDS = 4;

function useStemCommands(track: Track): void {
  const kinds = soundingStems(track).map(({ kind }) => kind);
  const onChosen = (act: (kind: (typeof kinds)[number]) => void) => (): void => {
    const { chosen } = useStemMix.getState();
    const kind = chosen !== null && kinds.includes(chosen) ? chosen : kinds[0];
    if (kind === undefined) return;
    chooseStem(kind);
    act(kind);
  };
  const step = (by: number) => (): void => {
    const next = stemAt(kinds, useStemMix.getState().chosen, by);
    if (next === null) return;
    chooseStem(next);
    document.querySelector<HTMLElement>(`[data-stem="${next}"] button`)?.focus();
  };
  const begin = (from: number, to: number): void => {
    setTrackLoop({ from, to: Math.min(track.seconds, to) });
    setView({ isLooping: true });
  };
  useCommands({
    'solo-stem': onChosen(kind => toggleStemSolo(kind)),
    'mute-stem': onChosen(kind => toggleStemMute(kind)),
    'solo-stem-only': onChosen(kind => toggleStemSolo(kind, true)),
    'mute-stem-only': onChosen(kind => toggleStemMute(kind, true)),
    'stem-next': step(1),
    'stem-previous': step(-1),
    'loop-from': () => {
      const at = trackPosition();
      const to = useStemMix.getState().loop?.to ?? 0;
      begin(at, to > at ? to : at + FIRST_LOOP_SECONDS);
    },
    'loop-to': () => {
      const at = trackPosition();
      const from = useStemMix.getState().loop?.from ?? at;
      begin(from < at ? from : Math.max(0, at - FIRST_LOOP_SECONDS), at);
    },
    'loop-none': () => setTrackLoop(null),
  });
}
