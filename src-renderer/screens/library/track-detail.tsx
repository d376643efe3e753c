import { Trash2 } from 'lucide-react';
import { type PointerEvent, useRef } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Stem, StemKind, Track } from '#shared/model';
import {
  removeTrack,
  seekTrack,
  toggleStemMute,
  toggleStemSolo,
  trackPosition,
  useTrackPlay,
} from '#renderer/state';
import { classNames, clock, IconButton, PanelHead, Tip, useFrames } from '#renderer/ui';
import { StemWave } from './stem-wave';
import { TempoTools } from './tempo-tools';
import { TrackRuler } from './track-ruler';

const STEM_NAMES: Readonly<Record<StemKind, string>> = {
  mix: 'Mix',
  drums: 'Drums',
  residual: 'The rest',
  bass: 'Bass',
  other: 'Other',
  vocals: 'Vocals',
  guitar: 'Guitar',
  piano: 'Piano',
};
const SEEK_SECONDS = 5;

/** The selected track: its stems under one ruler, heard together or apart. */
export function TrackDetail({ track }: { readonly track: Track }) {
  const lanes = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLSpanElement>(null);
  const held = useRef(false);

  useFrames(true, () => {
    const fraction = Math.min(1, trackPosition() / Math.max(0.001, track.seconds));
    if (head.current) head.current.style.left = `${fraction * 100}%`;
    lanes.current?.setAttribute('aria-valuenow', String(Math.round(trackPosition())));
    lanes.current?.setAttribute('aria-valuetext', `${clock(trackPosition())} of ${clock(track.seconds)}`);
  });
  const seek = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    seekTrack(track, ((event.clientX - box.left) / box.width) * track.seconds);
  };
  const channels =
    track.channelCount === 1
      ? 'mono'
      : track.channelCount === 2
        ? 'stereo'
        : `${track.channelCount} channels`;

  return (
    <section
      aria-label={`Track ${track.name}`}
      data-panel=""
      className="flex h-53 shrink-0 flex-col border-t border-line-2 bg-bg-1"
    >
      <PanelHead
        title={track.name}
        aside={`${(track.sampleRate / 1000).toFixed(1)} kHz, ${channels}, ${clock(track.seconds)}`}
      >
        <TempoTools track={track} />
        <IconButton label={`Remove ${track.name}`} onPress={() => removeTrack(track)}>
          <Trash2 size={15} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
      </PanelHead>
      <div className="flex min-h-0 flex-1">
        <div className="flex w-44 shrink-0 flex-col border-r border-line pt-5">
          {track.stems.map(stem => (
            <StemHead key={stem.kind} stem={stem} />
          ))}
        </div>
        <div
          ref={lanes}
          role="slider"
          tabIndex={0}
          aria-label="Position in the track"
          aria-valuemin={0}
          aria-valuemax={Math.round(track.seconds)}
          aria-valuenow={0}
          onKeyDown={event => {
            if (event.key === 'ArrowRight') seekTrack(track, trackPosition() + SEEK_SECONDS);
            else if (event.key === 'ArrowLeft') seekTrack(track, trackPosition() - SEEK_SECONDS);
            else if (event.key === 'Home') seekTrack(track, 0);
            else return;
            event.preventDefault();
          }}
          onPointerDown={event => {
            held.current = true;
            event.currentTarget.setPointerCapture(event.pointerId);
            seek(event);
          }}
          onPointerMove={event => {
            if (held.current && !useTrackPlay.getState().isPlaying) seek(event);
          }}
          onPointerUp={() => {
            held.current = false;
          }}
          className="relative flex min-w-0 flex-1 flex-col bg-bg-0 focus-visible:-outline-offset-2"
        >
          <TrackRuler track={track} />
          {track.stems.map(stem => (
            <StemLane key={stem.kind} track={track} stem={stem} />
          ))}
          <span
            ref={head}
            className="pointer-events-none absolute inset-y-0 w-px bg-ink-1 before:absolute before:top-0 before:-left-1.25 before:h-2.5 before:w-2.75 before:rounded-[2px] before:bg-ink-1 before:content-['']"
          />
        </div>
      </div>
    </section>
  );
}

function useIsHeard(kind: StemKind): boolean {
  const muted = useTrackPlay(state => state.muted[kind] === true);
  const soloed = useTrackPlay(state => state.soloed);
  return !muted && (soloed === null || soloed === kind);
}

function StemLane({ track, stem }: { readonly track: Track; readonly stem: Stem }) {
  const isHeard = useIsHeard(stem.kind);
  const look =
    stem.kind === 'mix' ? 'plain' : !isHeard ? 'quiet' : stem.kind === 'drums' ? 'strong' : 'plain';
  return (
    <div className="min-h-0 flex-1 border-b border-line">
      <StemWave stem={stem} seconds={track.seconds} look={look} />
    </div>
  );
}

function StemHead({ stem }: { readonly stem: Stem }) {
  const isMuted = useTrackPlay(state => state.muted[stem.kind] === true);
  const isSolo = useTrackPlay(state => state.soloed === stem.kind);
  const name = STEM_NAMES[stem.kind];
  return (
    <div className="flex min-h-0 flex-1 items-center gap-1.5 border-b border-line px-3">
      <span className="type-strong">{name}</span>
      <span className="min-w-0 flex-1 truncate text-ink-3">
        {stem.kind === 'mix' ? 'drums and the rest' : ''}
      </span>
      {stem.kind === 'mix' ? null : (
        <>
          <LetterToggle
            letter="M"
            label={`Mute ${name}`}
            isOn={isMuted}
            tone="warn"
            onPress={() => toggleStemMute(stem.kind)}
          />
          <LetterToggle
            letter="S"
            label={`Solo ${name}`}
            isOn={isSolo}
            tone="ink"
            onPress={() => toggleStemSolo(stem.kind)}
          />
        </>
      )}
    </div>
  );
}

function LetterToggle(props: {
  readonly letter: string;
  readonly label: string;
  readonly isOn: boolean;
  readonly tone: 'warn' | 'ink';
  readonly onPress: () => void;
}) {
  const { letter, label, isOn, tone, onPress } = props;
  const lit = tone === 'warn' ? 'bg-warn text-ink-inv' : 'bg-ink-1 text-ink-inv';
  return (
    <Tip text={label}>
      <AriaButton
        aria-label={label}
        aria-pressed={isOn}
        onPress={onPress}
        className={classNames(
          'focus-ring grid size-6 place-items-center rounded-[3px] [font:600_11px/14px_var(--font-ui)]',
          isOn ? lit : 'bg-bg-2 text-ink-3 data-[hovered]:bg-bg-3',
        )}
      >
        {letter}
      </AriaButton>
    </Tip>
  );
}
