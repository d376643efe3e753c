import { ArrowLeft, ArrowRight, AudioLines, List, Pause, Play, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { DatasetRun } from '#shared/protocol';
import { keysOf, pauseSample, playSample, showSample, useSamplePlay } from '#renderer/state';
import { Button, classNames, Empty, grouped, IconButton, Loading, Message } from '#renderer/ui';
import { useCatalogue } from '../new-run/catalogue';
import {
  clearFilter,
  inspectRun,
  isFiltered,
  openAt,
  refreshIndex,
  showAgain,
  useInspector,
} from './inspector-store';
import { entryAt } from './pages';
import { SampleFilters } from './sample-filters';
import { SampleList } from './sample-list';
import { wholeSpan, zoomed } from './span';
import { TimelineView } from './timeline-view';
import { useSpan } from './use-span';

const ZOOM_STEP = 1.6;

/** Any sample of a run, while it is being made too. */
export function Inspector({ run }: { readonly run: DatasetRun }) {
  const { catalogue } = useCatalogue();
  const { opened, pages, index, problem, isRead, filter } = useInspector();
  const [isListed, setListed] = useState(false);
  const seconds = opened?.timeline.seconds ?? 0;
  const id = opened?.sample.rows.samples[0]?.sample_id ?? '';
  const wanted = entryAt(pages, index);
  const isLate = opened !== null && wanted !== undefined && wanted.number !== opened.sample.number;
  const [span, setSpan] = useSpan(id, seconds);
  useEffect(() => inspectRun(run.id), [run.id]);
  useEffect(() => {
    showAgain();
    return () => showSample(null);
  }, []);
  useEffect(() => {
    void refreshIndex();
  }, [run.made]);
  const move = (by: number): void => void openAt(index + by);
  const zoom = (factor: number): void => setSpan(zoomed(span, factor, (span.from + span.to) / 2, seconds));
  return (
    <section aria-label="Sample inspector" data-panel="" className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3 whitespace-nowrap">
        <h2 className="shrink-0 type-title">Sample inspector</h2>
        <span className="min-w-0 flex-1 truncate type-mono text-ink-2 select-text" title={wanted?.id ?? id}>
          {wanted?.id ?? id}
        </span>
        <PlayButton isPossible={opened?.audio != null && !isLate} />
        <IconButton
          small
          label="Show less, larger"
          keys="+"
          isDisabled={!opened}
          onPress={() => zoom(ZOOM_STEP)}
        >
          <ZoomIn size={14} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
        <IconButton
          small
          label="Show more, smaller"
          keys="-"
          isDisabled={!opened}
          onPress={() => zoom(1 / ZOOM_STEP)}
        >
          <ZoomOut size={14} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
        <Button small look="ghost" isDisabled={!opened} onPress={() => setSpan(wholeSpan(seconds))}>
          Whole
        </Button>
        <IconButton small label="List of samples" on={isListed} onPress={() => setListed(!isListed)}>
          <List size={14} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
        <span className="min-w-22 text-right text-ink-3" data-count="">
          {pages.total === 0 ? '0' : grouped(index + 1)} of {grouped(pages.total)}
        </span>
        <IconButton
          small
          label="Previous sample"
          keys="ArrowUp"
          isDisabled={index <= 0}
          onPress={() => move(-1)}
        >
          <ArrowLeft size={14} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
        <IconButton
          small
          label="Next sample"
          keys="ArrowDown"
          isDisabled={index >= pages.total - 1}
          onPress={() => move(1)}
        >
          <ArrowRight size={14} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
      </div>
      <SampleFilters run={run} catalogue={catalogue} />
      {isListed ? <SampleList /> : null}
      {problem === null ? null : (
        <div className="p-3">
          <Message
            tone="bad"
            actions={
              <Button small look="line" onPress={() => void openAt(index)}>
                Try again
              </Button>
            }
          >
            The sample could not be shown: {problem}
          </Message>
        </div>
      )}
      {opened ? (
        <>
          <div
            aria-busy={isLate}
            className={classNames('flex min-h-0 flex-1 transition-opacity', isLate && 'opacity-50')}
          >
            <TimelineView opened={opened} span={span} onSpan={setSpan} onMove={move} />
          </div>
          <Legend isDry={opened.sample.audio === null} />
        </>
      ) : problem !== null ? null : !isRead || pages.total > 0 ? (
        <Loading label="Reading the samples" />
      ) : isFiltered(filter) ? (
        <Empty
          icon={AudioLines}
          title="No sample is like that"
          actions={<Button onPress={clearFilter}>Show all samples</Button>}
        >
          Of {grouped(run.made)} that are made none has this tier, rudiment, kit, room and name.
        </Empty>
      ) : (
        <Empty icon={AudioLines} title="The first samples are on their way">
          They can be looked at and played as soon as the first part is whole, while the run goes on.
        </Empty>
      )}
    </section>
  );
}

function PlayButton({ isPossible }: { readonly isPossible: boolean }) {
  const isPlaying = useSamplePlay(state => state.isPlaying);
  return (
    <IconButton
      small
      label={isPlaying ? 'Pause the sample' : 'Play the sample'}
      keys={keysOf('play')}
      isDisabled={!isPossible}
      onPress={() => (isPlaying ? pauseSample() : playSample())}
    >
      {isPlaying ? (
        <Pause size={13} fill="currentColor" aria-hidden="true" />
      ) : (
        <Play size={13} fill="currentColor" aria-hidden="true" />
      )}
    </IconButton>
  );
}

/** How to read the picture. */
function Legend({ isDry }: { readonly isDry: boolean }) {
  return (
    <div className="flex h-8 shrink-0 items-center gap-4 overflow-hidden border-t border-line px-3 type-label whitespace-nowrap text-ink-2">
      <span className="flex items-center gap-1.5">
        <i className="block h-3 w-2.5 border border-ink-3" /> Intended
      </span>
      <span className="flex items-center gap-1.5">
        <i className="block h-3 w-2.5 bg-info" /> Actual
      </span>
      <span className="flex items-center gap-1.5">
        <i className="block size-2 rounded-full bg-info" />
        <i className="block size-2 rounded-full border-[1.5px] border-info" /> Right, left
      </span>
      <span className="flex items-center gap-1.5">
        <i className="block h-3 w-1 bg-info opacity-60" /> Grace
      </span>
      <span className="flex items-center gap-1.5">
        <i className="block h-3 w-2.5 bg-warn" /> Mishap
      </span>
      <span className="min-w-0 flex-1 truncate text-right text-ink-3">
        Height is velocity, error in ms, late is up{isDry ? '; times of the performance' : ''}
      </span>
    </div>
  );
}
