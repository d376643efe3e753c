import { fail, ok, type Random, type Result } from '../../base';
import {
  barStarts,
  type GrooveStyle,
  grooveStyleIndex,
  type Meter,
  meterText,
  type Note,
  noteId,
  type Pattern,
  patternTicks,
  sortedNotes,
} from '../../model';
import { clamp, ticks } from '../../units';
import {
  CLASS_COUNT,
  classOf,
  type CellGrid,
  cellGridForNotes,
  knownNotes,
  type Performance,
  performanceOf,
} from '../groove';
import { withPerformance } from './apply';
import { decode, expectedLevel, type Hearing, hear } from './decode';
import type { Humaniser } from './model';
import { performanceRows } from './windows';

export interface MorphOptions {
  /** 0 is the one groove, 1 the other, exactly. */
  readonly position: number;
  readonly style: GrooveStyle;
  readonly random: Random;
  readonly isKept?: (note: Note) => boolean;
}

/** Why two grooves cannot be mixed, in words, and what to do instead. */
export interface Unlike {
  readonly reason: string;
  readonly instead: string;
}

/**
 * A groove between two: strokes of both stay, those of one only appear or vanish in an order drawn by chance, and velocities
 * and feel are played from a latent groove between theirs. At the ends it is the one or the other, stroke for stroke.
 */
export async function morph(
  model: Humaniser,
  from: Pattern,
  towards: Pattern,
  options: MorphOptions,
): Promise<Result<Pattern, Unlike>> {
  const { position, isKept = () => false } = options;
  if (position === 0) return ok(from);
  const fitted = fittedTo(from.bars, towards);
  if (!fitted.ok) return fitted;
  const to = fitted.value;
  const all = [...knownNotes(from.notes), ...knownNotes(to.notes)];
  const grid = cellGridForNotes(from.bars, sortedNotes(all));
  const one = performanceOf(from, from.notes, grid);
  const other = performanceOf(to, to.notes, grid);
  const notes = mixedNotes(from, to, grid, { ...options, isKept });
  const mixed = performanceOf(from, notes, grid);
  const style = { tempo: from.tempo, style: grooveStyleIndex(options.style) };
  const hearings = [
    await hear(model, grid, one.hits, style),
    await hear(model, grid, other.hits, style),
    await hear(model, grid, mixed.hits, style),
  ] as const;
  const grooves = [await listen(model, hearings[0], one), await listen(model, hearings[1], other)] as const;
  const between = grooves[0].map((value, at) => value + position * ((grooves[1][at] ?? value) - value));
  const rows = [
    { hearing: hearings[0], hits: one.hits, grooves: grooves[0], choose: expectedLevel },
    { hearing: hearings[1], hits: other.hits, grooves: grooves[1], choose: expectedLevel },
    { hearing: hearings[2], hits: mixed.hits, grooves: between, choose: expectedLevel },
  ];
  const [playedOne, playedOther, played] = await decode(model, grid, rows);
  if (!playedOne || !playedOther || !played) return ok(from);
  const shares = [
    { performance: one, played: playedOne, share: 1 - position },
    { performance: other, played: playedOther, share: position },
  ];
  const groove = { ...from, notes };
  return ok(
    withPerformance(groove, grid, asTheyWere(played, shares), {
      amount: 1,
      isSounding: true,
      isFree: note => !isKept(note),
    }),
  );
}

/** The same strokes as another take of the same groove: its latent groove moved by chance. */
export async function varyGroove(
  model: Humaniser,
  pattern: Pattern,
  options: {
    /** 0 is the groove as it is; 1 another one that suits the pattern as likely as any. */
    readonly temperature: number;
    readonly style: GrooveStyle;
    readonly random: Random;
    readonly isKept?: (note: Note) => boolean;
  },
): Promise<Pattern> {
  const { temperature, random, isKept = () => false } = options;
  const grid = cellGridForNotes(pattern.bars, pattern.notes);
  const own = performanceOf(pattern, pattern.notes, grid);
  const style = { tempo: pattern.tempo, style: grooveStyleIndex(options.style) };
  const hearing = await hear(model, grid, own.hits, style);
  const groove = await listen(model, hearing, own);
  const size = model.sizes.groove;
  const stream = random.fork('groove');
  const deviate = Array.from({ length: size }, () => stream.normal());
  const moved = groove.map(
    (value, at) => value + temperature * Math.exp(hearing.logDeviation[at]!) * (deviate[at % size] ?? 0),
  );
  const row = { hearing, hits: own.hits, choose: expectedLevel };
  const [played, playedMoved] = await decode(model, grid, [
    { ...row, grooves: groove },
    { ...row, grooves: moved },
  ]);
  if (!played || !playedMoved) return pattern;
  const result = asTheyWere(playedMoved, [{ performance: own, played, share: 1 }]);
  return withPerformance(pattern, grid, result, {
    amount: 1,
    isSounding: true,
    isFree: note => !isKept(note),
  });
}

const listen = (model: Humaniser, hearing: Hearing, performance: Performance): Promise<Float32Array> =>
  model.listen(hearing.context, performanceRows(performance, hearing.windows), hearing.windows.length);

/**
 * A played groove with what each given performance has beyond what the model makes of its groove, by its share: so a
 * groove mixed wholly from itself is itself.
 */
function asTheyWere(
  played: Performance,
  shares: readonly {
    readonly performance: Performance;
    readonly played: Performance;
    readonly share: number;
  }[],
): Performance {
  const velocities = played.velocities.slice();
  const offsets = played.offsets.slice();
  for (let place = 0; place < played.hits.length; place++) {
    if (played.hits[place] === 0) continue;
    const present = shares.filter(({ performance }) => performance.hits[place] === 1);
    const total = present.reduce((sum, { share }) => sum + share, 0);
    for (const { performance, played: again, share } of present) {
      const weight = total === 0 ? 0 : share / total;
      velocities[place]! += weight * (performance.velocities[place]! - again.velocities[place]!);
      offsets[place]! += weight * (performance.offsets[place]! - again.offsets[place]!);
    }
    velocities[place] = clamp(velocities[place]!, 0, 1);
  }
  return { hits: played.hits, velocities, offsets };
}

/** `pattern` on the bars of another: repeated or cut to their number, if its meters are theirs. */
function fittedTo(bars: readonly Meter[], pattern: Pattern): Result<Pattern, Unlike> {
  const length = pattern.bars.length;
  const unlike = bars.findIndex(
    (meter, bar) => meterText(meter) !== meterText(pattern.bars[bar % length] ?? meter),
  );
  if (unlike >= 0) {
    const here = meterText(bars[unlike] ?? { numerator: 4, denominator: 4 });
    const there = meterText(pattern.bars[unlike % length] ?? { numerator: 4, denominator: 4 });
    return fail({
      reason: `bar ${unlike + 1} is in ${here} here and in ${there} in the other groove`,
      instead: 'Choose a groove in the same meter, or draw a skeleton in that meter to morph with',
    });
  }
  const period = patternTicks(pattern);
  const end = barStarts(bars).at(-1) ?? 0;
  const notes: Note[] = [];
  for (let start = 0, turn = 0; start < end; start += period, turn++) {
    for (const note of pattern.notes) {
      if (note.at + start >= end) continue;
      notes.push({ ...note, id: noteId(`${note.id}~${turn}`), at: ticks(note.at + start) });
    }
  }
  return ok({ ...pattern, bars: [...bars], notes: sortedNotes(notes) });
}

/** The strokes of the mixed groove: common ones, and of the others as many as the position has let in. */
function mixedNotes(
  from: Pattern,
  to: Pattern,
  grid: CellGrid,
  { position, random, isKept }: MorphOptions & { readonly isKept: (note: Note) => boolean },
): Note[] {
  const places = random.fork('strokes');
  const key = (note: Note): string => {
    const known = classOf(note.instrument);
    return known === null ? `${note.instrument} ${note.at}` : `${grid.cellAt(note.at) * CLASS_COUNT + known}`;
  };
  const mine = new Set(from.notes.map(key));
  const theirs = new Set(to.notes.map(key));
  // Strictly between the ends, so that these are exact whatever is drawn.
  const threshold = (note: Note): number => 0.02 + 0.96 * places.fork(key(note)).unit();
  const stays = from.notes.filter(
    note => isKept(note) || note.muted || theirs.has(key(note)) || position < threshold(note),
  );
  const comes = to.notes.filter(note => !note.muted && !mine.has(key(note)) && position >= threshold(note));
  const names = new Set<string>(from.notes.map(note => note.id));
  const renamed = comes.map(note => {
    let name = `m.${note.id}`;
    while (names.has(name)) name += "'";
    names.add(name);
    return { ...note, id: noteId(name), hit: null };
  });
  return sortedNotes([...stays, ...renamed]);
}
