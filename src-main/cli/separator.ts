import { BUNDLED_SEPARATORS, modelOfSeparator, type Separator } from '#shared/model';
import type { ModelCard } from '#shared/protocol';
import type { Command } from 'commander';
import type { Context } from './context';
import { UsageError } from './failing';
import { real, whole } from './options';

/** `--model`: what separates the drums. */
export const withModel = (command: Command): Command =>
  command.option(
    '--model <name>',
    `separator: ${BUNDLED_SEPARATORS.join(', ')}, or an imported model by its name or the begin of its id`,
    BUNDLED_SEPARATORS[0],
  );

/** `--overlap` and `--shifts`, which only imported models heed. */
export const withSegments = (command: Command): Command =>
  command
    .option(
      '--overlap <0-0.95>',
      'imported model: share of a segment that the next one repeats',
      real('--overlap', 0, 0.95),
    )
    .option(
      '--shifts <number>',
      'imported model: runs with random offsets, averaged',
      whole('--shifts', 0, 20),
    );

export interface SegmentFlags {
  readonly overlap?: number;
  readonly shifts?: number;
}

export const segmentOptions = ({
  overlap = null,
  shifts = null,
}: Partial<Record<keyof SegmentFlags, number | null>>) => ({
  overlap,
  shifts,
});

/** What `text` names: a separator that is always there, or an imported model. Throws `UsageError` that lists what there is. */
export async function separatorCalled(context: Context, text: string): Promise<Separator> {
  const always = BUNDLED_SEPARATORS.find(name => name === text);
  if (always) return always;
  const engine = await context.openEngine();
  try {
    return separatorAmong(await engine.services.models(), text);
  } finally {
    await engine.close();
  }
}

export function separatorAmong(models: readonly ModelCard[], text: string): Separator {
  const always = BUNDLED_SEPARATORS.find(name => name === text);
  if (always) return always;
  const imported = models.filter(model => model.source === 'imported' && model.task === 'separation');
  const found = calledSo(imported, text);
  const [only] = found;
  if (only && found.length === 1) return only.id;
  const listed = listOf([...BUNDLED_SEPARATORS, ...imported.map(nameAndId)]);
  throw new UsageError(
    found.length > 1
      ? `--model ${text} means ${found.length} models; name one by its id. There are ${listed}.`
      : `--model is ${text}, but must be one of ${listed}. \`backbeat models import FILE.onnx\` adds another.`,
  );
}

/** The one imported model that `text` names. Throws `UsageError` that lists what there is. */
export function importedCalled(models: readonly ModelCard[], text: string): ModelCard {
  const imported = models.filter(model => model.source === 'imported');
  const found = calledSo(imported, text);
  const [only] = found;
  if (only && found.length === 1) return only;
  const listed = imported.length === 0 ? 'none was imported' : `there are ${listOf(imported.map(nameAndId))}`;
  throw new UsageError(`There is no imported model ${text}: ${listed}.`);
}

/** Letters of an id that are enough to mean it. */
const FEWEST_DIGITS = 6;

/** Models of that name, or else whose id begins so. */
function calledSo(models: readonly ModelCard[], text: string): readonly ModelCard[] {
  const asked = text.toLowerCase();
  const named = models.filter(model => model.name.toLowerCase() === asked);
  if (named.length > 0) return named;
  const digits = modelOfSeparator(asked) ?? asked;
  return models.filter(model => digits.length >= FEWEST_DIGITS && model.sha256?.startsWith(digits));
}

/** What tells one model from another on a line of a list. */
export const idOnLine = (model: ModelCard): string =>
  model.source === 'imported' ? (model.sha256?.slice(0, 12) ?? '') : model.id;

const nameAndId = (model: ModelCard): string => `${model.name} (${idOnLine(model)})`;
const listOf = (words: readonly string[]): string => words.join(', ');
