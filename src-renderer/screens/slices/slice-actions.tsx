import { Combine, Drum, Maximize2, Minus, Play, Plus, Split, Trash2, Waves } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Track } from '#shared/model';
import { COMMANDS, type CommandId, drumsToPattern, keysOf, placeInSong, runCommand } from '#renderer/state';
import { Button, count, IconButton, Picker, preciseClock, Tip } from '#renderer/ui';
import { type Filter, FILTERS, rowName, rowOnset, type SliceRow, type Sort, SORTS } from './slice-rows';

const FILTER_NAMES: Readonly<Record<Filter, string>> = {
  all: 'All',
  best: 'Best takes',
  flams: 'Flams',
  doubtful: 'Doubtful',
  edited: 'Edited',
};
const SORT_NAMES: Readonly<Record<Sort, string>> = {
  time: 'Time',
  quality: 'Best first',
  bleed: 'Least bleed',
  length: 'Longest',
};

/** What can be done to the chosen slices, each with its key. */
export function SliceActions(props: {
  readonly track: Track;
  readonly current: SliceRow;
  readonly chosenCount: number;
  readonly filter: Filter;
  readonly sort: Sort;
  readonly onFilter: (filter: Filter) => void;
  readonly onSort: (sort: Sort) => void;
}) {
  const { track, current, chosenCount, filter, sort, onFilter, onSort } = props;
  return (
    <div
      role="toolbar"
      aria-label="Slice"
      className="flex h-10 shrink-0 items-center gap-1 overflow-hidden border-y border-line bg-bg-1 px-3 whitespace-nowrap"
    >
      <b className="type-strong" data-chosen="">
        {chosenCount > 1 ? count(chosenCount, 'slice') : `Slice ${current.index + 1}`}
      </b>
      <span className="ml-1 min-w-0 truncate text-ink-3">{describe(track, current)}</span>
      <span className="flex-1" />
      <Act command="play" name="Audition">
        <Play size={13} strokeWidth={1.6} aria-hidden="true" />
      </Act>
      <Act command="slice-split" name="Split">
        <Split size={13} strokeWidth={1.6} aria-hidden="true" />
      </Act>
      <Act command="slice-merge" name="Merge">
        <Combine size={13} strokeWidth={1.6} aria-hidden="true" />
      </Act>
      <Act command="slice-flam" name="Flam">
        <Waves size={13} strokeWidth={1.6} aria-hidden="true" />
      </Act>
      <Act command="slice-delete" name="Delete">
        <Trash2 size={13} strokeWidth={1.6} aria-hidden="true" />
      </Act>
      <span className="mx-1 h-6 w-px shrink-0 bg-line" />
      <Tip text="The groove that is played, with its feel" keys={keysOf('drums-to-pattern')}>
        <Button
          small
          look="ghost"
          aria-label="Drums to pattern"
          onPress={() => void drumsToPattern(track, 'typical')}
          isDisabled={!track.tempo}
        >
          <Drum size={14} strokeWidth={1.4} aria-hidden="true" />
          <span className="hidden wide:inline">Drums to pattern</span>
        </Button>
      </Tip>
      <Picker
        label="Show"
        value={filter}
        choices={FILTERS.map(value => ({ value, name: FILTER_NAMES[value] }))}
        onChange={onFilter}
        className="w-26 shrink-0"
      />
      <Picker
        label="Sort by"
        value={sort}
        choices={SORTS.map(value => ({ value, name: SORT_NAMES[value] }))}
        onChange={onSort}
        className="w-28 shrink-0"
      />
      <IconButton label="Zoom out" keys={keysOf('slices-out')} onPress={() => runCommand('slices-out')}>
        <Minus size={16} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
      <IconButton label="Zoom in" keys={keysOf('slices-in')} onPress={() => runCommand('slices-in')}>
        <Plus size={16} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
      <IconButton
        label="Whole track"
        keys={keysOf('slices-whole')}
        onPress={() => runCommand('slices-whole')}
      >
        <Maximize2 size={14} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

function Act(props: { readonly command: CommandId; readonly name: string; readonly children: ReactNode }) {
  return (
    <Tip text={nameOf(props.command)} keys={keysOf(props.command)}>
      <Button small look="ghost" onPress={() => runCommand(props.command)}>
        {props.children}
        {props.name}
      </Button>
    </Tip>
  );
}

const nameOf = (command: CommandId): string => COMMANDS.find(({ id }) => id === command)?.name ?? '';

function describe(track: Track, row: SliceRow): string {
  const onset = rowOnset(row);
  return [rowName(row), placeInSong(track, onset) ?? preciseClock(onset)].join(', ');
}
