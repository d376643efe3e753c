import { cellGridOf } from '#shared/compose';
import { barStarts, type Instrument, type Note, type Pattern, patternTicks, tickOfStep } from '#shared/model';
import type { Take } from '#shared/protocol';

type WritingTake = Extract<Take, { kind: 'new' | 'continue' | 'infill' | 'vary' | 'fill' }>;

const STICKS: ReadonlySet<Instrument> = new Set([
  'snare',
  'rim',
  'clap',
  'chh',
  'ohh',
  'lt',
  'mt',
  'ht',
  'crash',
  'ride',
  'perc',
]);

const asText = (note: Note): string => JSON.stringify(note);

/** Everything that a written take has to keep, each breach as a sentence. */
export function breaches(take: WritingTake, given: Pattern, made: Pattern): string[] {
  const found: string[] = [];
  const before = new Set(given.notes.map(asText));
  const after = new Set(made.notes.map(asText));
  const fresh = made.notes.filter(note => !before.has(asText(note)));
  const end = patternTicks(made);
  if (new Set(made.notes.map(note => note.id)).size < made.notes.length)
    found.push('two notes have one name');
  for (const note of made.notes) {
    if (note.at < 0 || note.at >= end) found.push(`${note.id} lies outside the bars`);
    if (!Number.isInteger(note.at)) found.push(`${note.id} is written between ticks`);
    if (!(note.velocity >= 0 && note.velocity <= 1)) found.push(`${note.id} has velocity ${note.velocity}`);
    if (!Number.isFinite(note.feel)) found.push(`${note.id} has feel ${note.feel}`);
  }
  for (const note of given.notes) {
    const isLocked =
      take.locked.includes(note.role) || note.muted || note.instrument === 'perc' || note.instrument === 'fx';
    if (isLocked && !after.has(asText(note))) found.push(`locked ${note.id} was changed`);
  }
  for (const note of fresh)
    if (take.locked.includes(note.role)) found.push(`${note.id} is new in a locked role`);
  const inside = regionOf(take, given);
  for (const note of given.notes)
    if (!inside(note) && !after.has(asText(note))) found.push(`${note.id} outside the region was changed`);
  for (const note of fresh) if (!inside(note)) found.push(`${note.id} is new outside the region`);
  found.push(...lockedCellBreaches(take, given, made));
  found.push(...voiceBreaches(take, fresh, made));
  return found;
}

/** Whether a take may change or write a note there; half a step of slack, since the models' cells lie around the bar lines. */
function regionOf(take: WritingTake, given: Pattern): (note: Note) => boolean {
  const starts = barStarts(given.bars);
  const slack = 180;
  const within = (from: number, to: number) => (note: Note) =>
    note.at >= from - slack && note.at < to + slack;
  const rows = 'rows' in take ? take.rows : null;
  const families: readonly (readonly Instrument[])[] = [
    ['snare', 'rim', 'clap'],
    ['chh', 'phh'],
  ];
  const isMeant = (note: Note): boolean =>
    !rows ||
    rows.includes(note.instrument) ||
    families.some(family => family.includes(note.instrument) && family.some(each => rows.includes(each)));
  switch (take.kind) {
    case 'new':
      return () => true;
    case 'continue':
      return within(patternTicks(given), Infinity);
    case 'fill':
      return within(starts[take.bar] ?? 0, starts[take.bar + 1] ?? 0);
    default: {
      const bars = within(starts[take.bars?.from ?? 0] ?? 0, starts[take.bars?.to ?? given.bars.length] ?? 0);
      return note => bars(note) && isMeant(note);
    }
  }
}

function lockedCellBreaches(take: WritingTake, given: Pattern, made: Pattern): string[] {
  const at = (pattern: Pattern, tick: number, instrument: Instrument | null): string =>
    JSON.stringify(
      pattern.notes.filter(
        note => note.at === tick && !note.muted && (!instrument || note.instrument === instrument),
      ),
    );
  return take.lockedCells.flatMap(({ bar, step, instrument }) => {
    const tick = tickOfStep(given.bars, bar, step);
    if (tick === null || at(given, tick, instrument) === at(made, tick, instrument)) return [];
    return [`locked cell ${bar}.${step} ${instrument} was changed`];
  });
}

/** Cells that got new strokes hold no more voices, and nothing more for two hands, than is allowed. */
function voiceBreaches(take: WritingTake, fresh: readonly Note[], made: Pattern): string[] {
  const grid = cellGridOf(made.bars);
  const cells = new Map<number, Note[]>();
  for (const note of made.notes) {
    if (note.muted || note.velocity === 0) continue;
    const cell = grid.cellAt(note.at);
    cells.set(cell, [...(cells.get(cell) ?? []), note]);
  }
  return [...new Set(fresh.map(note => grid.cellAt(note.at)))].flatMap(cell => {
    const notes = cells.get(cell) ?? [];
    const found: string[] = [];
    const kept = notes.filter(note => !fresh.includes(note));
    if (notes.length > Math.max(take.voices, kept.length))
      found.push(`cell ${cell} has ${notes.length} voices`);
    const sticks = notes.filter(note => STICKS.has(note.instrument)).length;
    if (
      take.playable &&
      fresh.some(note => notes.includes(note) && STICKS.has(note.instrument)) &&
      sticks > 2
    )
      found.push(`cell ${cell} needs ${sticks} hands: ${notes.map(note => note.instrument).join()}`);
    const feet = notes.filter(note => note.instrument === 'kick').length;
    if (take.playable && feet > 1 && fresh.some(note => notes.includes(note) && note.instrument === 'kick'))
      found.push(`cell ${cell} needs two kick feet`);
    return found;
  });
}
