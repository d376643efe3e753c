import { Random } from '../../base';
import {
  barStarts,
  barTicks,
  COMMON_TIME,
  type Pattern,
  SKELETON_STYLES,
  type SkeletonStyle,
} from '../../model';
import { PPQ, ticks } from '../../units';
import { figureMaterial, grooveMaterial, type Material } from '../performance';
import { type Figure, figureOf, type Hand, type Rudiment, variationsOf } from '../rudiments';
import { midiSource } from '../splits';
import type { Catalogue, MidiGroove } from './catalogue';
import { COMPOSED_GROOVES, composedGroove, composedName, STYLE_TEMPOS } from './composed-groove';
import type { GenerationConfig } from './config';

/** Which bars of which file or composition a groove is. */
export interface GrooveBars {
  /** SHA-256 of the MIDI file; null for a groove of our own. */
  readonly midi: string | null;
  /** Of the file, from 0. */
  readonly from: number;
  readonly bars: number;
}

/** Something that can be played. */
export interface Piece {
  readonly slug: string;
  /** What it is taken from, so that splits do not part what is one: the rudiment that it varies, a MIDI file, or itself. */
  readonly source: string;
  /** Quarter notes a minute that suit it. */
  readonly tempos: readonly [number, number];
  /** Quarter notes of each bar of a groove; null for a figure. */
  readonly barBeats: (() => readonly number[]) | null;
  /** Of a groove the first `bars` bars. */
  readonly material: (lead: Hand, bars: number) => Material;
  readonly groove: ((bars: number) => GrooveBars) | null;
}

/** A rudiment's figure, or a variation of it. */
export function figurePiece(rudiment: Rudiment, figure: Figure): Piece {
  const { category, slug: source, tempo_range: tempos } = rudiment;
  return {
    slug: figure.slug,
    source,
    tempos,
    barBeats: null,
    material: kept(lead => figureMaterial(figure, category, lead)),
    groove: null,
  };
}

/** The rudiments that a configuration asks for, each followed by its variations. */
export const figurePieces = (config: GenerationConfig, rudiments: readonly Rudiment[]): Piece[] =>
  rudiments.flatMap(rudiment => {
    const figure = figureOf(rudiment);
    const all =
      config.variations.length === 0 ? [figure] : [figure, ...variationsOf(figure, config.variations)];
    return all.map(one => figurePiece(rudiment, one));
  });

/** Groove `number` of a style, as long as `bars`. */
export function composedPiece(style: SkeletonStyle, number: number, bars: number): Piece {
  const slug = composedName(style, number);
  return {
    slug,
    source: slug,
    tempos: STYLE_TEMPOS[style],
    barBeats: () => Array.from({ length: bars }, () => barTicks(COMMON_TIME) / PPQ),
    material: kept((lead, count) => grooveMaterial(composedGroove(style, number, count), slug, lead)),
    groove: count => ({ midi: null, from: 0, bars: count }),
  };
}

/** The composed grooves that a configuration asks for: which of each style its seed chooses, the first of many the same as of few. */
export function composedPieces(config: GenerationConfig): Piece[] {
  const styles = SKELETON_STYLES.filter(
    style => config.groove_styles.length === 0 || config.groove_styles.includes(style),
  );
  return styles.flatMap(style => {
    const random = Random.ofSeed(config.seed).fork('grooves', style);
    const chosen = new Set<number>();
    for (let turn = 0; chosen.size < config.grooves_per_style; turn++)
      chosen.add(random.fork(turn).below(COMPOSED_GROOVES));
    return [...chosen].map(number => composedPiece(style, number, config.groove_bars));
  });
}

/** How far from its own tempo a file's groove is played. */
const TEMPO_SPREAD = 1.25;
const MOST_NAME = 24;

/** As many bars of a MIDI file, from the one that `from` finds when it is first asked for. */
export function midiPiece(
  { sha256, name, tempo, pattern }: MidiGroove,
  from: () => number,
  bars: number,
): Piece {
  const shortName = name.slice(0, MOST_NAME).replace(/_+$/, '');
  const slug = `midi_${shortName}_${sha256.slice(0, 8)}`;
  let found: number | null = null;
  const start = (): number => (found ??= from());
  return {
    slug,
    source: midiSource(sha256),
    tempos: [Math.ceil(tempo / TEMPO_SPREAD), Math.floor(tempo * TEMPO_SPREAD)],
    barBeats: () =>
      pattern()
        .bars.slice(start(), start() + bars)
        .map(meter => barTicks(meter) / PPQ),
    material: kept((lead, count) => grooveMaterial(excerpt(pattern(), start(), count), slug, lead)),
    groove: count => ({ midi: sha256, from: start(), bars: count }),
  };
}

/** Of each file some bars in a row without an empty one among them, chosen by the seed. */
export const midiPieces = (config: GenerationConfig, { grooves }: Pick<Catalogue, 'grooves'>): Piece[] =>
  grooves.map(groove => {
    const bars = Math.min(config.groove_bars, groove.bars);
    return midiPiece(groove, () => firstBar(groove, bars, config.seed), bars);
  });

/** Where there are no such bars, from the first that is played in, or so far before it that all are of the file. */
function firstBar({ sha256, pattern }: MidiGroove, bars: number, seed: number): number {
  const played = barsPlayed(pattern());
  const starts = played.flatMap((isPlayed, bar) => (isPlayed ? [bar] : []));
  const whole = starts.filter(from => played.slice(from, from + bars).filter(Boolean).length === bars);
  const random = Random.ofSeed(seed).fork('excerpt', sha256);
  return whole.length > 0 ? random.pick(whole) : Math.min(starts[0] ?? 0, played.length - bars);
}

/** Of each bar whether something is struck in it. */
function barsPlayed({ bars, notes }: Pattern): readonly boolean[] {
  const starts = barStarts(bars);
  const played = bars.map(() => false);
  let bar = 0;
  for (const { at } of notes) {
    while (bar + 1 < bars.length && at >= (starts[bar + 1] ?? Infinity)) bar++;
    played[bar] = true;
  }
  return played;
}

function excerpt(pattern: Pattern, from: number, count: number): Pattern {
  const starts = barStarts(pattern.bars);
  const start = starts[from] ?? 0;
  const end = starts[from + count] ?? starts.at(-1) ?? 0;
  return {
    ...pattern,
    bars: pattern.bars.slice(from, from + count),
    tempoChanges: [],
    lanes: [],
    notes: pattern.notes
      .filter(({ at }) => at >= start && at < end)
      .map(note => ({ ...note, at: ticks(note.at - start) })),
  };
}

/** Materials are asked for once a sample; each is made once. */
function kept(make: (lead: Hand, bars: number) => Material): Piece['material'] {
  const made = new Map<string, Material>();
  return (lead, bars) => {
    const name = `${lead} ${bars}`;
    const known = made.get(name) ?? make(lead, bars);
    made.set(name, known);
    return known;
  };
}
