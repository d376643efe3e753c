import { useEffect, useMemo, useState } from 'react';
import type { Hit, Role } from '#shared/model';
import { audition, prepareAudition } from '#renderer/playback';
import {
  attempt,
  loadHits,
  runCommand,
  useChosenHits,
  useCommands,
  useKitDraft,
  useLibrary,
  useView,
} from '#renderer/state';
import { filterHits } from './filter-hits';
import { HitList } from './hit-list';

const OWN = 'kit';
/** How far down and up the list hits are fetched before they are asked for. */
const REACH = 6;
const NO_HITS: readonly Hit[] = [];

/** Hits to choose from, and what is chosen of them. */
export function HitBrowser() {
  const tracks = useLibrary(state => state.tracks);
  const kitId = useKitDraft(state => state.kit?.id);
  const kitHits = useLibrary(state => state.kitHits[kitId ?? '']) ?? NO_HITS;
  const viewTrack = useView(state => state.trackId);
  const [source, setSource] = useState(() =>
    tracks.some(track => track.id === viewTrack) ? (viewTrack ?? OWN) : OWN,
  );
  const [roles, setRoles] = useState<ReadonlySet<Role>>(new Set());
  const [text, setText] = useState('');
  const candidate = useChosenHits(state => state.candidate);
  const trackHits = useLibrary(state => (source === OWN ? undefined : state.hits[source]));
  useEffect(() => {
    if (source !== OWN && trackHits === undefined) void attempt('Reading the hits', () => loadHits(source));
  }, [source, trackHits]);
  const hits = source === OWN ? kitHits : (trackHits ?? NO_HITS);
  const shown = useMemo(() => filterHits(hits, roles, text), [hits, roles, text]);

  const listen = (hit: Hit | null): void => {
    if (hit) void attempt('Auditioning', () => audition(hit));
  };
  const select = (index: number): void => {
    const hit = shown[index] ?? null;
    useChosenHits.setState({ candidate: hit, ids: new Set(hit ? [hit.id] : []) });
    listen(hit);
    prepareAudition(shown.slice(Math.max(0, index - REACH), index + REACH + 1));
  };
  useEffect(() => prepareAudition(shown.slice(0, REACH)), [shown]);
  useCommands({ play: () => listen(candidate) });
  return (
    <HitList
      sources={[
        { value: OWN, name: 'This kit' },
        ...tracks.map(track => ({ value: track.id, name: track.name })),
      ]}
      source={source}
      onSource={setSource}
      hits={hits}
      shown={shown}
      roles={roles}
      onRoles={setRoles}
      text={text}
      onText={setText}
      selected={shown.findIndex(hit => hit.id === candidate?.id)}
      onSelect={select}
      onSend={index => {
        select(index);
        runCommand('send-to-pad');
      }}
    />
  );
}
