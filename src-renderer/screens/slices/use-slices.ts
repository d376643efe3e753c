import { useMemo, useState } from 'react';
import type { SliceMark } from '#shared/analysis';
import type { Hit, SliceEdit, Track } from '#shared/model';
import { editSlices, notify, planOf, trackPosition, useHearing } from '#renderer/state';
import { type Filter, listed, rowOnset, rowsOf, type SliceRow, type Sort } from './slice-rows';
import type { Choosing } from './use-picture-pointer';

/** Strokes further apart than this are no flam, in seconds. */
const FLAM_SECONDS = 0.04;

/** The slices of a track as the user wishes them, which are chosen, and everything that can be done to them. */
export function useSlices(track: Track, hits: readonly Hit[]) {
  const { hearing, preview, heard } = useHearing();
  const wish = useMemo(() => ({ ...hearing, ...preview }), [hearing, preview]);
  const plan = useMemo(() => planOf(track, hits, heard, wish), [track, hits, heard, wish]);
  const rows = useMemo(() => rowsOf(plan.slices, hits, track.sampleRate), [plan, hits, track.sampleRate]);
  const onsets = useMemo(() => rows.map(rowOnset), [rows]);
  const [filter, setFilter] = useState<Filter>('all');
  const [sort, setSort] = useState<Sort>('time');
  const list = useMemo(() => listed(rows, filter, sort), [rows, filter, sort]);
  const [chosen, setChosen] = useState<Chosen>(NOTHING);

  const current =
    list.find(row => row.id === chosen.currentId) ?? list[Math.min(chosen.place, list.length - 1)] ?? null;
  const place = current ? list.indexOf(current) : -1;
  const selection = useMemo(() => new Set(chosen.ids), [chosen.ids]);
  const selected = (): readonly SliceRow[] => {
    const more = rows.filter(row => selection.has(row.id) || row === current);
    return more.length > 0 ? more : [];
  };

  const choose = (row: SliceRow, how: Choosing): void => {
    const at = list.indexOf(row);
    if (how === 'through') {
      const from = list.findIndex(one => one.id === (chosen.anchorId ?? current?.id));
      const [low, high] = [Math.min(from, at), Math.max(from, at)];
      const ids = list.slice(Math.max(0, low), high + 1).map(one => one.id);
      setChosen({
        ...chosen,
        anchorId: chosen.anchorId ?? current?.id ?? row.id,
        currentId: row.id,
        place: at,
        ids,
      });
    } else if (how === 'also') {
      const ids = new Set([...chosen.ids, ...(current ? [current.id] : [])]);
      if (!ids.delete(row.id)) ids.add(row.id);
      setChosen({ anchorId: row.id, currentId: row.id, place: at, ids: [...ids] });
    } else setChosen({ anchorId: row.id, currentId: row.id, place: at, ids: [] });
  };
  const chooseAll = (): void =>
    setChosen({ ...chosen, ids: list.map(({ id }) => id), currentId: current?.id ?? null, place });
  const chooseId = (id: string): void =>
    setChosen({ anchorId: id, currentId: id, place: Math.max(0, place), ids: [] });

  const edit = (label: string, edits: readonly SliceEdit[], else_: string): boolean => {
    const done = editSlices(label, edits, plan.marks, track);
    if (done === 0) notify({ tone: 'info', text: else_ });
    return done > 0;
  };
  const rate = track.sampleRate;
  const actions = {
    move(row: SliceRow, frame: number): void {
      const from = row.planned.onsetFrame;
      if (frame !== from)
        edit('Move the onset', [{ kind: 'moved', from, to: frame }], 'Another slice begins there already.');
    },
    nudge(milliseconds: number): void {
      const by = Math.round((milliseconds / 1000) * rate);
      const edits = selected().map(({ planned: { onsetFrame } }): SliceEdit => {
        return { kind: 'moved', from: onsetFrame, to: Math.max(0, onsetFrame + by) };
      });
      edit('Move the onset', edits, 'Another slice begins there already.');
    },
    add(frame: number): void {
      if (edit('New slice', [{ kind: 'added', at: frame }], 'A slice begins there already.'))
        chooseId(String(frame));
    },
    split(): void {
      if (!current) return;
      const at = splitPlace(current, Math.round(trackPosition() * rate));
      if (at === null) {
        notify({
          tone: 'info',
          text: 'Click inside the slice first: it is split where the cursor stands.',
        });
        return;
      }
      edit('Split the slice', [{ kind: 'split', at }], 'A slice begins there already.');
    },
    merge(): void {
      const all = selected();
      const joined = all.length > 1 ? all.slice(1) : all;
      const edits = joined.map(({ planned }): SliceEdit => ({ kind: 'merged', at: planned.onsetFrame }));
      const into = rows[(joined[0]?.index ?? 0) - 1];
      if (edit('Merge slices', edits, 'There is no slice before it to merge with.') && into)
        chooseId(into.id);
    },
    flam(): void {
      if (!current) return;
      const { onsetFrame, flamFrames } = current.planned;
      const next = rows[current.index + 1];
      if (flamFrames !== null) {
        edit('Part the flam', [{ kind: 'split', at: onsetFrame + flamFrames }], 'It is parted already.');
      } else if (next && rowOnset(next) - rowOnset(current) < FLAM_SECONDS) {
        edit('Keep as a flam', [{ kind: 'merged', at: next.planned.onsetFrame }], 'It is a flam already.');
      } else {
        notify({ tone: 'info', text: 'No second stroke follows within 40 ms, so there is no flam to keep.' });
      }
    },
    remove(): void {
      const edits = selected().map(({ planned }): SliceEdit => ({ kind: 'deleted', at: planned.onsetFrame }));
      const label = edits.length === 1 ? 'Delete the slice' : `Delete ${edits.length} slices`;
      if (edit(label, edits, 'Nothing to delete.')) setChosen({ ...NOTHING, place });
    },
  };
  return {
    marks: plan.marks satisfies readonly SliceMark[],
    rows,
    onsets,
    list,
    place,
    current,
    selection,
    hasStrokes: heard?.thresholds !== undefined,
    filter,
    setFilter,
    sort,
    setSort,
    choose,
    chooseAll,
    actions,
  };
}

interface Chosen {
  readonly currentId: string | null;
  /** Where the current one stood in the list: what is chosen when it goes. */
  readonly place: number;
  readonly anchorId: string | null;
  readonly ids: readonly string[];
}
const NOTHING: Chosen = { currentId: null, place: 0, anchorId: null, ids: [] };

/** Where a slice is split: at the cursor if that stands in it, else at a flam's second stroke. */
function splitPlace({ planned, hit }: SliceRow, cursor: number): number | null {
  const end = hit ? hit.startFrame + hit.frames : planned.limitFrame;
  if (cursor > planned.onsetFrame && cursor < end) return cursor;
  return planned.flamFrames === null ? null : planned.onsetFrame + planned.flamFrames;
}
