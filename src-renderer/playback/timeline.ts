import {
  barAt,
  barStarts,
  ledBy,
  type Meter,
  type Pattern,
  type PatternTime,
  patternTicks,
  timeOf,
  timeOnSong,
} from '#shared/model';
import { passOnSong, placeOnSong, songSecondsAt } from './along-song';
import type { Place, Program, TickSpan } from './program';

/** One run through a stretch of a section, between two seams. */
export interface Leg {
  readonly section: number;
  /** How many legs came before it: what chances are drawn by. */
  readonly pass: number;
  readonly along: number;
  readonly pattern: Pattern;
  /** From the section's tick 0. */
  readonly time: PatternTime;
  /** Time of the audio clock at which tick 0 sounds, or would. */
  readonly origin: number;
  /** When it takes over, and when the next one does. */
  readonly begin: number;
  readonly end: number;
  /** The ticks whose notes it plays. */
  readonly from: number;
  readonly to: number;
  /** What it goes round in; null where it goes on. */
  readonly loop: TickSpan | null;
  /** Whether there is music before it, into which its first notes may be pushed. */
  readonly before: 'nothing' | 'music';
  /** When the song's first frame sounds, or would; null without one. */
  readonly songOrigin: number | null;
}

interface LegWish {
  readonly section: number;
  readonly pass: number;
  readonly along: number;
  /** Where it takes over, in ticks and on the audio clock. */
  readonly at: number;
  readonly begin: number;
  readonly before: Leg['before'];
  readonly songOrigin: number | null;
  /** What is played before it. */
  readonly prior?: Leg;
  /** Whether it has gone past the loop's end under a song, whose stem plays straight on then. */
  readonly isPast?: boolean;
}

/** The stretch that is played round and round, for one that stands at `at`: not once its end has gone by. */
export function loopAt({ loop, isLooping, sections }: Program, at: number): TickSpan | null {
  const [only] = sections;
  if (!loop || !isLooping || sections.length > 1 || !only) return null;
  const to = Math.min(loop.to, patternTicks(only.pattern));
  return loop.from < to && at < to ? { from: loop.from, to } : null;
}

function legOf(program: Program, wish: LegWish): Leg | null {
  const score = program.sections[wish.section];
  if (!score) return null;
  const { pattern } = score;
  const { at, begin, songOrigin } = wish;
  const pass = program.song && passOnSong(program, program.song, wish.along);
  const { prior } = wish;
  const own = timeOf(pattern);
  const led = prior ? ledBy(own, at, prior.time.tempoAt(prior.to - 1)) : own;
  const time = program.song && pass ? timeOnSong(program.song.map, pass.beat) : led;
  const origin =
    program.song && pass && songOrigin !== null
      ? songOrigin + program.song.map.secondsAt(pass.beat)
      : begin - time.secondsAt(at);
  const loop = wish.isPast ? null : loopAt(program, at);
  const most = pass ? pass.ticks : patternTicks(pattern);
  const songEnd =
    program.song && songOrigin !== null ? time.ticksAt(songOrigin + program.song.seconds - origin) : Infinity;
  const to = Math.min(loop?.to ?? Infinity, most, songEnd);
  if (to <= at) return null;
  return {
    section: wish.section,
    pass: wish.pass,
    along: wish.along,
    pattern,
    time,
    origin,
    begin,
    end: origin + time.secondsAt(to),
    from: wish.before === 'nothing' ? at : loop && at >= loop.from ? loop.from : 0,
    to,
    loop,
    before: wish.before,
    songOrigin,
  };
}

/** The first leg of a program that begins at `place` when the clock shows `begin`. */
export function firstLeg(program: Program, place: Place, begin: number): Leg | null {
  const { song } = program;
  return legOf(program, {
    section: place.section,
    along: place.along,
    pass: 0,
    at: place.ticks,
    begin,
    before: 'nothing',
    songOrigin: song ? begin - songSecondsAt(program, song, place) : null,
  });
}

/** What comes after `leg`; null after the last. */
export function legAfter(program: Program, leg: Leg): Leg | null {
  const wish = { pass: leg.pass + 1, begin: leg.end, before: 'music', prior: leg } as const;
  const { loop } = leg;
  const { song } = program;
  if (song && leg.songOrigin !== null) {
    if (loop && leg.to >= loop.to) {
      // The stem goes round in whole frames of its own; the groove goes with it.
      const frameOf = (ticks: number): number =>
        Math.round((leg.origin - (leg.songOrigin ?? 0) + leg.time.secondsAt(ticks)) * song.sampleRate);
      const songOrigin = leg.songOrigin + (frameOf(loop.to) - frameOf(loop.from)) / song.sampleRate;
      const begin = leg.origin + (songOrigin - leg.songOrigin) + leg.time.secondsAt(loop.from);
      return legOf(program, {
        ...wish,
        begin,
        section: leg.section,
        along: leg.along,
        at: loop.from,
        songOrigin,
      });
    }
    const along = leg.along + 1;
    const { beat } = passOnSong(program, song, along);
    return legOf(program, {
      ...wish,
      begin: leg.songOrigin + song.map.secondsAt(beat),
      section: along % program.sections.length,
      along,
      at: 0,
      songOrigin: leg.songOrigin,
      isPast: true,
    });
  }
  const { songOrigin } = leg;
  if (loop) return legOf(program, { ...wish, section: leg.section, along: 0, at: loop.from, songOrigin });
  const isLast = leg.section >= program.sections.length - 1;
  if (isLast && !program.isLooping) return null;
  // After a loop whose end had gone by, the loop again.
  const at = isLast ? (loopAt(program, 0)?.from ?? 0) : 0;
  return legOf(program, { ...wish, section: isLast ? 0 : leg.section + 1, along: 0, at, songOrigin });
}

/** `leg` at `cut` when another program takes its place: at the same position, and at the same time while tempo and meter are the same. */
export function legIn(program: Program, former: Program, leg: Leg, cut: number): Leg | null {
  const begin = Math.max(cut, leg.begin);
  const { song } = program;
  if (song && former.song && leg.songOrigin !== null) {
    const place = placeOnSong(program, song, begin - leg.songOrigin);
    return legOf(program, {
      ...place,
      pass: leg.pass,
      at: place.ticks,
      begin,
      before: 'music',
      songOrigin: leg.songOrigin,
    });
  }
  const section = Math.min(leg.section, program.sections.length - 1);
  const score = program.sections[section];
  if (!score) return null;
  const length = patternTicks(score.pattern);
  const position = positionIn(leg, begin);
  if (position >= length && !program.isLooping) return null;
  const at = position % length;
  const wish = { section, pass: leg.pass, along: 0, at, begin, before: 'music' } as const;
  if (song)
    return legOf(program, {
      ...wish,
      songOrigin: begin - songSecondsAt(program, song, { section, along: 0, ticks: at }),
    });
  const made = legOf(program, { ...wish, songOrigin: null });
  if (!made || former.song || at !== position || !isInTime(score.pattern, leg.pattern)) return made;
  return {
    ...made,
    origin: leg.origin,
    begin: leg.begin,
    end: leg.origin + made.time.secondsAt(made.to),
    loop: made.loop,
    from: Math.max(leg.before === 'nothing' ? leg.from : 0, made.from),
    before: leg.before,
  };
}

const isInTime = (one: Pattern, other: Pattern): boolean =>
  one.tempo === other.tempo &&
  (one.tempoChanges === other.tempoChanges ||
    JSON.stringify(one.tempoChanges) === JSON.stringify(other.tempoChanges));

/** Ticks of the leg's section at `time` of the audio clock, within the leg. */
export const positionIn = (leg: Leg, time: number): number =>
  Math.min(leg.to, Math.max(0, leg.time.ticksAt(time - leg.origin)));

/** Bars in the meter and at the tempo of where the first leg begins, that end when it does. */
export function countInLeg(first: Leg, bars: number): Leg | null {
  const { bar } = barAt(barStarts(first.pattern.bars), first.from);
  const meter = first.pattern.bars[bar];
  if (!meter || bars <= 0) return null;
  const tempo = first.time.tempoAt(first.from);
  const pattern = {
    ...first.pattern,
    tempo,
    tempoChanges: [],
    bars: Array<Meter>(bars).fill(meter),
    notes: [],
  };
  const time = timeOf(pattern);
  const to = patternTicks(pattern);
  const origin = first.begin - time.secondsAt(to);
  return {
    ...first,
    pass: -1,
    pattern,
    time,
    origin,
    begin: origin,
    end: first.begin,
    from: 0,
    to,
    loop: null,
    songOrigin: null,
  };
}
