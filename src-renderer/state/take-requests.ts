import { composeSkeleton, SKELETON_DEFAULTS } from '#shared/compose';
import {
  type Instrument,
  type Note,
  type NoteId,
  type Pattern,
  type Role,
  SKELETON_STYLE_NAMES,
  stepsOf,
} from '#shared/model';
import { type GenerateRequest, TakeSchema, type Take } from '#shared/protocol';
import type { GeneratorSettings } from './generator';

/** Takes are made by fours. */
export const TAKE_COUNT = 4;

/** What the panel asks for: a skeleton, or a take of a model on a pattern; or why it cannot be asked, in words. */
export type Wish =
  | { readonly kind: 'skeleton'; readonly request: GenerateRequest }
  | { readonly kind: 'take'; readonly take: Take }
  | { readonly kind: 'impossible'; readonly why: string };

export interface WishContext {
  readonly kitId: string;
  readonly tempo: number;
  /** The open pattern, and the hits that are selected in it. */
  readonly base: Pattern | null;
  readonly selection: ReadonlySet<NoteId>;
  /** Which hits stay as they are. */
  readonly isLocked: (note: Note) => boolean;
  readonly patternOf: (id: string) => Pattern | null;
}

/** The wish for take number `take`, 0..3, of the settings' seed. */
export function wishFor(settings: GeneratorSettings, context: WishContext, take: number): Wish {
  const { base } = context;
  if (settings.generator === 'skeleton')
    return { kind: 'skeleton', request: skeletonRequest(settings, context, take) };
  if (!base)
    return { kind: 'impossible', why: 'This generator plays on an open groove. Generate a skeleton first.' };
  if (base.notes.length === 0)
    return { kind: 'impossible', why: 'The open groove has no hits to go by. Put some, or take a skeleton.' };
  if (settings.generator === 'morph' && !towardsOf(settings, base, context))
    return { kind: 'impossible', why: 'The groove to morph towards is gone. Choose another one.' };
  const selected = base.notes.filter(note => context.selection.has(note.id));
  const common = {
    seed: settings.seed,
    take,
    temperature: settings.temperature,
    style: settings.manner,
    locked: lockedRoles(context),
  };
  const parsed = TakeSchema.safeParse({ ...common, ...particulars(settings, base, selected, context) });
  if (parsed.success) return { kind: 'take', take: parsed.data };
  return { kind: 'impossible', why: parsed.error.issues[0]?.message ?? 'These settings do not fit.' };
}

function skeletonRequest(
  { style, bars, meter, seed, motionMode, motionKeep, fillProbability, texture, choice }: GeneratorSettings,
  context: WishContext,
  variant: number,
): GenerateRequest {
  return {
    kitId: context.kitId,
    generator: 'skeleton',
    style,
    variant,
    bars,
    meter,
    tempo: context.tempo,
    seed,
    motionMode,
    motionKeep,
    fillProbability,
    texture,
    choice,
    locked: lockedRoles(context),
  };
}

function particulars(
  settings: GeneratorSettings,
  base: Pattern,
  selected: readonly Note[],
  context: WishContext,
): object {
  switch (settings.generator) {
    case 'humanise':
      return settings.humanising === 'regroove'
        ? { kind: 'regroove' }
        : { kind: 'humanise', mode: settings.humanising, amount: settings.amount };
    case 'tap':
      return { kind: 'tap', colour: settings.colour, temperature: 0.5 * settings.temperature };
    case 'morph':
      return { kind: 'morph', towards: towardsOf(settings, base, context), position: settings.position };
    default:
      return writingOf(settings, base, selected);
  }
}

function writingOf(settings: GeneratorSettings, base: Pattern, selected: readonly Note[]): object {
  const last = base.bars.length;
  const rows = settings.onlySelectedRows ? rowsOf(selected) : null;
  const writing = {
    density: settings.density,
    feel: settings.feel,
    lockedCells: settings.keepSelected ? cellsOf(base, selected) : [],
  };
  switch (settings.writing) {
    case 'vary':
      return { kind: 'vary', ...writing, amount: settings.change, rows };
    case 'infill': {
      const from = Math.min(settings.firstBar, last) - 1;
      const to = Math.max(from + 1, Math.min(settings.lastBar, last));
      return { kind: 'infill', ...writing, bars: { from, to }, rows };
    }
    case 'fill':
      return {
        kind: 'fill',
        ...writing,
        bar: Math.min(settings.fillBar, last) - 1,
        length: settings.fillLength,
      };
    case 'continue':
      return { kind: 'continue', ...writing, count: settings.moreBars };
    default:
      return { kind: 'new', ...writing };
  }
}

/** The roles that have hits, all of them locked; single rows of others are put back into what comes. */
const lockedRoles = ({ base, isLocked }: WishContext): Role[] => {
  const notes = base?.notes ?? [];
  const open = new Set(notes.filter(note => !isLocked(note)).map(note => note.role));
  return [...new Set(notes.map(note => note.role))].filter(role => !open.has(role));
};

const rowsOf = (notes: readonly Note[]): Instrument[] | null =>
  notes.length === 0 ? null : [...new Set(notes.map(note => note.instrument))];

function cellsOf(base: Pattern, notes: readonly Note[]): object[] {
  const stepAt = stepsOf(base.bars);
  return notes.map(({ at, instrument }) => {
    const { bar, step } = stepAt(at);
    return { bar, step, instrument };
  });
}

/** The other end of a morph; a skeleton is written on the groove's own bars. */
function towardsOf(
  { towards, seed }: GeneratorSettings,
  base: Pattern,
  context: WishContext,
): Pattern | null {
  if (towards.kind === 'pattern') return context.patternOf(towards.id);
  const [meter = SKELETON_DEFAULTS.meter] = base.bars;
  return composeSkeleton({
    ...SKELETON_DEFAULTS,
    style: towards.style,
    seed,
    meter,
    bars: base.bars.length,
    tempo: base.tempo,
  });
}

const WRITING_WORDS = {
  new: 'written anew',
  vary: 'varied',
  infill: 'filled in',
  fill: 'with a fill',
  continue: 'continued',
} as const;
const HUMANISING_WORDS = { human: 'humanised', tight: 'tightened', regroove: 'played again' } as const;

/** What a run of takes is called in the history: "Transformer, varied". */
export function labelOf({ generator, style, writing, humanising, seed }: GeneratorSettings): string {
  const what = {
    skeleton: SKELETON_STYLE_NAMES[style].toLowerCase(),
    transformer: WRITING_WORDS[writing],
    humanise: HUMANISING_WORDS[humanising],
    tap: 'tap to drums',
    morph: 'morphed',
  }[generator];
  return `Generate ${what}, seed ${seed}`;
}
