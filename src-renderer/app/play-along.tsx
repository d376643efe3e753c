import { Metronome, Music } from 'lucide-react';
import {
  keysOf,
  LOUDEST_STEM_DECIBELS,
  QUIETEST_STEM_DECIBELS,
  setSongBar,
  setView,
  toggleCountIn,
  useSongOfPattern,
  useSongUnder,
  useView,
} from '#renderer/state';
import { IconButton, NumberField, plain, Slider, Tip } from '#renderer/ui';
import { ToggleButton } from 'react-aria-components';

const COUNT_IN_TIPS = ['Counts 1 bar before it plays', 'Counts 2 bars', 'No count-in'];

const QUIETEST_CLICK_DECIBELS = -30;

/** Metronome and count-in. */
export function BeatHelp() {
  const hasMetronome = useView(state => state.hasMetronome);
  const decibels = useView(state => state.metronomeDecibels);
  const countInBars = useView(state => state.countInBars);
  return (
    <div className="flex shrink-0 items-center gap-1">
      <IconButton
        label="Metronome"
        keys={keysOf('metronome')}
        on={hasMetronome}
        onPress={() => setView({ hasMetronome: !hasMetronome })}
      >
        <Metronome size={16} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
      {hasMetronome && (
        <>
          <Slider
            label="Level of the metronome"
            value={decibels}
            minimum={QUIETEST_CLICK_DECIBELS}
            maximum={6}
            step={1}
            rest={0}
            onChange={metronomeDecibels => setView({ metronomeDecibels })}
            className="w-10 shrink-0"
          />
          <span className="w-10 shrink-0 text-right whitespace-nowrap text-ink-3 max-[1359px]:hidden">
            {plain(decibels)} dB
          </span>
        </>
      )}
      <Tip text={COUNT_IN_TIPS[countInBars] ?? ''} keys={keysOf('count-in')}>
        <ToggleButton
          isSelected={countInBars > 0}
          onChange={toggleCountIn}
          className="focus-ring inline-flex h-7 w-18 shrink-0 items-center justify-center rounded-r2 whitespace-nowrap text-ink-2 [font:500_12px/16px_var(--font-ui)] data-[hovered]:bg-bg-2 data-[selected]:bg-bg-2 data-[selected]:text-ink-1"
        >
          {countInBars > 0 ? `Count-in ${countInBars}` : 'Count-in'}
        </ToggleButton>
      </Tip>
    </div>
  );
}

/** The rest of the song under the groove: whether, from which of its bars, how loud. Nothing for a groove without a song. */
export function SongUnder() {
  const song = useSongOfPattern();
  const hasSong = useView(state => state.hasSong);
  const decibels = useView(state => state.songDecibels);
  const bar = useSongUnder(state => state.bar);
  if (!song) return null;
  return (
    <div role="group" aria-label="Song under the groove" className="flex shrink-0 items-center gap-2">
      <IconButton
        label={`Play under: ${song.name} without its drums`}
        keys={keysOf('song-under')}
        on={hasSong}
        onPress={() => setView({ hasSong: !hasSong })}
      >
        <Music size={16} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
      {hasSong && (
        <>
          <NumberField
            label="Bar of the song"
            prefix="Bar"
            value={bar}
            minimum={-99}
            maximum={9999}
            small
            className="w-17"
            onCommit={setSongBar}
          />
          <Slider
            label="Level of the song"
            value={decibels}
            minimum={QUIETEST_STEM_DECIBELS}
            maximum={LOUDEST_STEM_DECIBELS}
            step={1}
            rest={0}
            onChange={songDecibels => setView({ songDecibels })}
            className="w-14 shrink-0"
          />
          <span className="w-10 shrink-0 text-right whitespace-nowrap text-ink-3 max-[1359px]:hidden">
            {plain(decibels)} dB
          </span>
        </>
      )}
    </div>
  );
}
