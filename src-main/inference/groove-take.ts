import { fail, ok, Random, type Result } from '#shared/base';
import {
  beatOfTaps,
  continueGroove,
  humanise,
  infill,
  morph,
  type StepModel,
  varyGroove,
  vary,
  type WriteOptions,
  type Written,
  writeFill,
  writeNew,
} from '#shared/compose';
import type { Note, Pattern, Role } from '#shared/model';
import type { Failure, Take } from '#shared/protocol';
import { Failed } from '#main/platform';
import type { GrooveManifests, WarmModels } from './warm-groove-models';

type WritingTake = Extract<Take, { kind: 'new' | 'continue' | 'infill' | 'vary' | 'fill' }>;

export interface TakeContext {
  readonly models: WarmModels;
  readonly manifests: GrooveManifests;
  /** Looked at between steps. */
  readonly signal: AbortSignal;
}

/** The most bars that a pattern can have. */
const MOST_BARS = 128;

/**
 * One take on a pattern. The same take of the same pattern with the same models gives the same notes; it never fails for a meter, a length
 * or a rhythm, only where what was asked for cannot be. `name` tells takes of one seed on many patterns apart, so that they are not all
 * drawn alike.
 */
export async function performTake(
  take: Take,
  pattern: Pattern,
  context: TakeContext,
  name = '',
): Promise<Result<Pattern, Failure>> {
  const asked = refusal(take, pattern);
  if (asked) return fail(asked);
  const random = Random.ofSeed(take.seed).fork('take', take.kind, take.take, name);
  const isKept = (note: Note): boolean => take.locked.includes(note.role);
  const { models, manifests } = context;
  try {
    switch (take.kind) {
      case 'humanise':
        return ok(
          await humanise(await models.humaniser(manifests.humaniser), pattern, { ...take, random, isKept }),
        );
      case 'regroove':
        return ok(
          await varyGroove(await models.humaniser(manifests.humaniser), pattern, { ...take, random, isKept }),
        );
      case 'morph': {
        const { towards } = take;
        const mixed = await morph(await models.humaniser(manifests.humaniser), pattern, towards, {
          ...take,
          random,
          isKept,
        });
        return mixed.ok ? mixed : fail(cannot('Morphing', mixed.failure.reason, mixed.failure.instead));
      }
      case 'tap':
        return ok(
          await beatOfTaps(await models.tapper(manifests.tapper), pattern, {
            ...take,
            limits: { voices: take.voices, playable: take.playable },
            random,
          }),
        );
      default:
        return ok(await writeTake(take, pattern, random, context));
    }
  } catch (error) {
    if (error instanceof Failed) return fail(error.failure);
    throw error;
  }
}

/** Strokes by the transformer; their velocities and feel by the humaniser, played to those that were there. */
async function writeTake(
  take: WritingTake,
  pattern: Pattern,
  random: Random,
  { models, manifests, signal }: TakeContext,
): Promise<Pattern> {
  const model = heeding(await models.transformer(manifests.transformer), signal);
  const options: WriteOptions = {
    style: take.style,
    density: take.density,
    sampling: { temperature: take.temperature, topP: take.topP },
    limits: { voices: take.voices, playable: take.playable },
    random,
    rows: 'rows' in take ? take.rows : null,
    locked: take.locked,
    lockedCells: take.lockedCells,
  };
  const written = await write(model, take, pattern, options);
  signal.throwIfAborted();
  const played = await humanise(await models.humaniser(manifests.humaniser), written.pattern, {
    mode: 'human',
    amount: 1,
    temperature: Math.min(1, take.temperature),
    style: take.style,
    random: random.fork('humanise'),
    isKept: note => !written.isFresh(note),
  });
  const asWritten = new Map(written.pattern.notes.map(note => [note.id, note]));
  return {
    ...played,
    notes: played.notes.map(note => {
      if (!written.isFresh(note)) return note;
      const before = asWritten.get(note.id)?.feel ?? 0;
      return { ...note, feel: before + take.feel * (note.feel - before) + 0, source: 'transformer' as const };
    }),
  };
}

function write(
  model: StepModel,
  take: WritingTake,
  pattern: Pattern,
  options: WriteOptions,
): Promise<Written> {
  const whole = { from: 0, to: pattern.bars.length };
  switch (take.kind) {
    case 'new':
      return writeNew(model, pattern, options);
    case 'continue':
      return continueGroove(model, pattern, take.count, options);
    case 'infill':
      return infill(model, pattern, take.bars ?? whole, options);
    case 'vary':
      return vary(model, pattern, take.bars ?? whole, take.amount, options);
    case 'fill':
      return writeFill(model, pattern, take.bar, take.length, options);
  }
}

/** The same model, stopping between two steps once it is not wanted any more. */
const heeding = (model: StepModel, signal: AbortSignal): StepModel => ({
  windowSteps: model.windowSteps,
  begin: () => model.begin(),
  goOn(features) {
    signal.throwIfAborted();
    return model.goOn(features);
  },
});

const cannot = (what: string, reason: string, instead: string): Failure => ({
  code: 'cannotGenerate',
  what,
  reason,
  instead,
});

const WORDS_OF: Readonly<Record<Take['kind'], string>> = {
  new: 'A new groove',
  continue: 'Continuing',
  infill: 'Infilling',
  vary: 'Varying',
  fill: 'A fill',
  humanise: 'Humanising',
  regroove: 'Playing once more',
  tap: 'A beat of taps',
  morph: 'Morphing',
};

const ROLE_COUNT = 5;

/** What makes a take impossible before any model is asked, with what to do instead. */
function refusal(take: Take, pattern: Pattern): Failure | null {
  const what = WORDS_OF[take.kind];
  const count = pattern.bars.length;
  const bars = `${count} ${count === 1 ? 'bar' : 'bars'}`;
  if (new Set<Role>(take.locked).size === ROLE_COUNT)
    return cannot(what, 'all five roles are locked', 'Unlock the roles that may change');
  if (take.kind === 'continue' && count + take.count > MOST_BARS)
    return cannot(
      what,
      `the pattern has ${bars} and would have ${count + take.count}, but ${MOST_BARS} are the most`,
      `Ask for at most ${MOST_BARS - count} more, or chain two patterns`,
    );
  if ((take.kind === 'infill' || take.kind === 'vary') && take.bars && take.bars.to > count)
    return cannot(
      what,
      `bar ${take.bars.to} was asked for, but the pattern has ${bars}`,
      `Choose bars 1 to ${count}`,
    );
  if (take.kind === 'fill' && take.bar >= count)
    return cannot(
      what,
      `bar ${take.bar + 1} was asked for, but the pattern has ${bars}`,
      `Choose a bar from 1 to ${count}`,
    );
  const hasNotes = pattern.notes.some(note => !note.muted && note.velocity > 0);
  const needsNotes =
    take.kind === 'humanise' || take.kind === 'regroove' || take.kind === 'tap' || take.kind === 'vary';
  if (needsNotes && !hasNotes)
    return cannot(what, 'the pattern has no sounding notes', 'Write some, or generate a new groove first');
  const rows = 'rows' in take ? take.rows : null;
  if (rows?.every(row => row === 'perc' || row === 'fx'))
    return cannot(
      what,
      `the models do not know ${rows.join(' and ')}`,
      'Choose drums or cymbals, or draw a skeleton with texture',
    );
  return null;
}
