import type { Stem, Track } from '#shared/model';
import { heardLevel, useStemMix } from '#renderer/state';
import { StemWave } from './stem-wave';

/** A stem over the whole track; dim while it is not heard. */
export function StemLane({ track, stem }: { readonly track: Track; readonly stem: Stem }) {
  const { kind } = stem;
  const isHeard = useStemMix(state => heardLevel(state, kind) > 0);
  const isMissing = useStemMix(state => state.missing.includes(kind));
  const look =
    kind === 'mix' ? 'plain' : !isHeard || isMissing ? 'quiet' : kind === 'drums' ? 'strong' : 'plain';
  return (
    <div className="relative h-full">
      <StemWave stem={stem} seconds={track.seconds} look={look} />
      {isMissing ? (
        <span className="absolute inset-y-0 left-3 flex items-center text-warn">
          The audio of this stem is not in the library any more.
        </span>
      ) : null}
    </div>
  );
}
