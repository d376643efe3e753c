import { Repeat } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { keysOf, setTrackLoop, useStemMix, useView } from '#renderer/state';
import { clock, Tip } from '#renderer/ui';

/** The stretch that is played round and round. */
export function LoopSpan({ seconds }: { readonly seconds: number }) {
  const loop = useStemMix(state => state.loop);
  const isLooping = useView(state => state.isLooping);
  if (!loop) return null;
  const left = (100 * loop.from) / Math.max(0.001, seconds);
  const width = (100 * (loop.to - loop.from)) / Math.max(0.001, seconds);
  return (
    <span
      data-loop=""
      className={`pointer-events-none absolute inset-y-0 z-1 border-x bg-select-wash ${isLooping ? 'border-ink-2' : 'border-dashed border-edge opacity-60'}`}
      style={{ left: `${left}%`, width: `${width}%` }}
    />
  );
}

/** Where the loop lies; pressed, there is none any more. */
export function LoopWords() {
  const loop = useStemMix(state => state.loop);
  const isLooping = useView(state => state.isLooping);
  if (!loop) return null;
  const words = `${clock(loop.from)} to ${clock(loop.to)}${isLooping ? '' : ', off'}`;
  return (
    <Tip text="No loop in the song" keys={keysOf('loop-none')}>
      <AriaButton
        aria-label={`${words}: no loop in the song`}
        onPress={() => setTrackLoop(null)}
        className="focus-ring flex h-full items-center gap-1 rounded-r1 px-2 type-label text-ink-2 data-[hovered]:bg-bg-3 data-[hovered]:text-ink-1"
      >
        <Repeat size={12} strokeWidth={1.6} aria-hidden="true" />
        {words}
      </AriaButton>
    </Tip>
  );
}
