import type { Note, Pattern } from '#shared/model';
import { type Lane, useDocument } from '#renderer/state';
import { count, Keys, NumberField, signed } from '#renderer/ui';
import { midiVelocity } from '#shared/units';
import { addVelocity, MOST_OFFSET_MS, nudge, setOffsets, setVelocities } from './gestures';
import { carryOut } from './grid-state';
import { offsetOf, selectionName } from './hit-words';

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function range(values: readonly number[], text: (value: number) => string): string | undefined {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return values.length > 1 && text(low) !== text(high) ? `${text(low)} to ${text(high)}` : undefined;
}

/** What is selected, in numbers that can be typed. With several hits "+5" moves each by 5. */
export function HitStrip({ pattern, lanes }: { readonly pattern: Pattern; readonly lanes: readonly Lane[] }) {
  const selection = useDocument(state => state.selection);
  const notes = pattern.notes.filter(note => selection.has(note.id));
  return (
    <section
      aria-label="Selected hits"
      className="flex h-10 shrink-0 items-center gap-2.5 border-y border-line bg-bg-1 px-3 whitespace-nowrap"
    >
      {notes.length === 0 ? <Nothing /> : <Numbers pattern={pattern} lanes={lanes} notes={notes} />}
      <span className="flex-1" />
      <span className="hidden items-center gap-2 text-ink-3 wide:flex">
        Nudge 1 ms <Keys keys="Alt+← →" />
      </span>
    </section>
  );
}

function Nothing() {
  return (
    <span className="text-ink-3">
      No hit selected. Click a cell to put one, or move with the arrows and press <Keys keys="X" />
    </span>
  );
}

function Numbers(props: {
  readonly pattern: Pattern;
  readonly lanes: readonly Lane[];
  readonly notes: readonly Note[];
}) {
  const { pattern, lanes, notes } = props;
  const velocities = notes.map(note => midiVelocity(note.velocity));
  const offsets = notes.map(note => offsetOf(pattern, note));
  const isSeveral = notes.length > 1;
  const ticks = mean(notes.map(note => note.feel));
  return (
    <>
      <b className="type-strong">{count(notes.length, 'hit')}</b>
      <span className="max-w-56 truncate text-ink-3">{selectionName(pattern, lanes, notes)}</span>
      <span className="h-5 w-px bg-line" />
      <span className="type-label text-ink-3">Velocity</span>
      <NumberField
        label="Velocity"
        value={Math.round(mean(velocities))}
        minimum={1}
        maximum={127}
        aside={range(velocities, String)}
        canMove={isSeveral}
        className={isSeveral ? 'w-32' : 'w-16'}
        onCommit={(value, relative) =>
          carryOut(relative ? addVelocity(notes, value, lanes) : setVelocities(notes, value, lanes), true)
        }
      />
      <span className="type-label text-ink-3">Offset</span>
      <NumberField
        label="Offset in milliseconds"
        value={Math.round(mean(offsets) * 10) / 10}
        minimum={-MOST_OFFSET_MS}
        maximum={MOST_OFFSET_MS}
        digits={1}
        hasSign
        unit="ms"
        aside={range(offsets, value => signed(value))}
        canMove={isSeveral}
        className={isSeveral ? 'w-44' : 'w-24'}
        onCommit={(value, relative) =>
          carryOut(
            relative ? nudge(pattern, notes, value, lanes) : setOffsets(pattern, notes, value, lanes),
            true,
          )
        }
      />
      <span className="hidden text-ink-3 wide:inline">{signed(ticks)} ticks</span>
    </>
  );
}
