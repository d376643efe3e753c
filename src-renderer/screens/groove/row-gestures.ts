import { asRow, type Edit, muted, type Row, withGrid, withRowLength } from '#shared/edit';
import {
  type Division,
  type Instrument,
  laneLines,
  laneSetting,
  lineBefore,
  type Pattern,
} from '#shared/model';
import { isLaneMuted, type Lane, notesOfLane } from '#renderer/state';
import { count } from '#renderer/ui';
import { type Gesture, hitOfLane } from './gestures';

const nameOf = (lane: Lane): string => lane.spokenName.toLowerCase();

/** The instruments' rows of which a row of the grid consists. */
const rowsOf = (lane: Lane): Row[] => lane.instruments.map(instrument => ({ role: lane.role, instrument }));

const onEachRow = (pattern: Pattern, lane: Lane, edit: (pattern: Pattern, row: Row) => Edit): Edit => {
  let lanes = pattern.lanes;
  for (const row of rowsOf(lane)) {
    const one = edit({ ...pattern, lanes }, row);
    if (one.kind === 'frame') lanes = one.frame.lanes ?? lanes;
  }
  return { kind: 'frame', frame: { lanes } };
};

export function toggleMute(pattern: Pattern, lane: Lane): Gesture | null {
  const notes = notesOfLane(pattern, lane.key);
  if (notes.length === 0) return null;
  const isMuted = !isLaneMuted(notes);
  return { label: `${isMuted ? 'Mute' : 'Unmute'} ${nameOf(lane)}`, edit: muted(notes, isMuted) };
}

/** How the quarters of a row are divided in turn. */
export const setGrid = (pattern: Pattern, lane: Lane, grid: readonly Division[]): Gesture => ({
  label: `Grid of ${nameOf(lane)} to ${gridText(grid)}`,
  edit: onEachRow(pattern, lane, (now, row) => withGrid(now, row, grid)),
});

/** How many of its steps a row is long before it begins again. */
export function rowSteps(pattern: Pattern, lane: Lane): number {
  const lines = laneLines(pattern, lane);
  const { length } = laneSetting(pattern, lane);
  return length === null || length > (lines.at(-1) ?? 0) ? lines.length : lineBefore(lines, length);
}

/** A row that begins again after some of its steps; after all of them it is as long as the pattern. */
export function setRowSteps(pattern: Pattern, lane: Lane, steps: number): Gesture {
  const lines = laneLines(pattern, lane);
  const length = lines[Math.max(1, Math.round(steps))] ?? null;
  const text = length === null ? 'the whole pattern' : count(Math.round(steps), 'step');
  return {
    label: `Length of ${nameOf(lane)} to ${text}`,
    edit: onEachRow(pattern, lane, (now, row) => withRowLength(now, row, length)),
  };
}

/** The hits and settings of a row as another instrument's, which `onto` is if the grid has a row for it. */
export function setInstrument(
  pattern: Pattern,
  lane: Lane,
  instrument: Instrument,
  onto: Lane | undefined,
  name: string,
): Gesture {
  const hit = onto ? hitOfLane(onto) : null;
  const edits = rowsOf(lane).map(row => asRow(pattern, row, { role: lane.role, instrument }, () => hit));
  return { label: `Play ${nameOf(lane)} as ${name.toLowerCase()}`, edit: { kind: 'all', edits } };
}

export const DIVISION_NAMES: Readonly<Record<Division, string>> = {
  '8': '8ths',
  '8T': '8th triplets',
  '16': '16ths',
  '16T': '16th triplets',
  '32': '32nds',
};

/** "16", "8T", or "16 8T 16 32" for a mixed grid, as it is shown and typed. */
export const gridText = (grid: readonly Division[]): string => grid.join(' ');
