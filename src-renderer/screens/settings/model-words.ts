import { modelFault, isModelFailure, type ModelCard } from '#shared/protocol';
import { fileSize } from '#renderer/ui';
import { tell } from '#renderer/state';

/** Groups of the list, in the order of the work; tasks that are not named here come last. */
export const TASKS: readonly { readonly title: string; readonly tasks: readonly string[] }[] = [
  { title: 'Separate stems', tasks: ['separation'] },
  { title: 'Find and name hits', tasks: ['hits'] },
  { title: 'Listen to hits', tasks: ['clap', 'ear'] },
  { title: 'Tempo and beat', tasks: ['beat'] },
  { title: 'Write grooves', tasks: ['generate', 'humanise', 'tap', 'morph'] },
];

export const isOfNoGroup = ({ task }: ModelCard): boolean => !TASKS.some(({ tasks }) => tasks.includes(task));

/** Tasks of which the user chooses one model for. */
interface Choice {
  readonly setting: 'separator' | 'ear';
  readonly label: string;
  /** "Separate new songs with ..." */
  readonly verb: string;
  readonly changing: string;
  readonly use: string;
  readonly used: string;
  readonly when: string;
}

const SEPARATOR: Choice = {
  setting: 'separator',
  label: 'Separator for new songs',
  verb: 'Separate new songs with',
  changing: 'Changing the separator',
  use: 'Use for new songs',
  used: 'Used for new songs',
  when: 'New songs are separated with the chosen model. Stems that you have stay as they are until you separate again; a job that a model fails offers the bundled one.',
};
const EAR: Choice = {
  setting: 'ear',
  label: 'What listens to hits',
  verb: 'Listen to hits with',
  changing: 'Changing what listens to hits',
  use: 'Listen with this one',
  used: 'Listens to hits',
  when: 'It tells what hits sound like: for roles, for search by words, and for what sounds alike. The hits that you have are heard anew by the chosen one; their roles stay.',
};
export const choiceOf = (task: string): Choice | null =>
  task === 'separation' ? SEPARATOR : task === 'clap' || task === 'ear' ? EAR : null;

const SOURCES: Readonly<Record<ModelCard['source'], string>> = {
  'built-in': 'Built in, needs no model',
  bundled: 'Bundled',
  imported: 'From disk',
};

export const sourceLine = ({ source, bytes }: ModelCard): string =>
  bytes === 0 ? SOURCES[source] : `${SOURCES[source]}, ${fileSize(bytes)}`;

/** What the row shows of its figures: the first, or of an imported one what it parts a song into. */
export const measuredLine = ({ figures, stems, source }: ModelCard): string =>
  figures[0] ?? (source === 'imported' && stems.length > 0 ? stems.join(', ') : '');

export const licenceLine = ({ source, licence }: ModelCard): string =>
  source === 'imported' ? licence : `Ours, ${licence}`;

/** Why a model cannot be used now, in a sentence. */
export const faultOf = ({ failure }: ModelCard): string | null =>
  failure && (isModelFailure(failure) ? modelFault(failure) : tell(failure));

export const knownLine = ({ known }: Pick<ModelCard, 'known'>): string => {
  if (!known) return 'Not a file that Backbeat knows';
  return known.verdict === 'same'
    ? `Known file: ${known.name}`
    : `As long as ${known.name}, but with other bytes`;
};
