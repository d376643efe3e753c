import { create } from 'zustand';
import { studio } from '#renderer/bridge';
import {
  applyTemplate,
  BUNDLED_TEMPLATES,
  extractTemplate,
  PLAIN_DOSE,
  type TemplateDose,
} from '#shared/compose';
import type { Division, GrooveTemplate, Pattern } from '#shared/model';
import { keepAudition, setAudition, useDocument } from './document';
import { useLibrary } from './library';
import { attempt, notify } from './notices';

/** A template to choose: its own name for it, and whether it can be removed. */
export interface TemplateChoice {
  readonly id: string;
  readonly template: GrooveTemplate;
  readonly isOwn: boolean;
}

/** Where a feel can be taken from. */
export type FeelSource =
  | { readonly kind: 'this' }
  | { readonly kind: 'track' }
  | { readonly kind: 'pattern'; readonly id: string };

interface FeelState extends TemplateDose {
  readonly chosen: string;
  readonly onlySelected: boolean;
  readonly from: FeelSource;
  readonly base: Division;
  readonly bars: number;
}

const FIRST: FeelState = {
  ...PLAIN_DOSE,
  chosen: `bundled ${BUNDLED_TEMPLATES[0]?.name}`,
  onlySelected: false,
  from: { kind: 'this' },
  base: '16',
  bars: 1,
};

export const useFeel = create<FeelState>(() => FIRST);

export function templateChoices(own: ReturnType<typeof useLibrary.getState>['templates']): TemplateChoice[] {
  return [
    ...own.map(({ id, template }) => ({ id, template, isOwn: true })),
    ...BUNDLED_TEMPLATES.map(template => ({ id: `bundled ${template.name}`, template, isOwn: false })),
  ];
}

export const chosenTemplate = (): TemplateChoice | undefined =>
  templateChoices(useLibrary.getState().templates).find(({ id }) => id === useFeel.getState().chosen);

const LABEL = 'Feel of ';

/** Whether what is heard is a feel that is tried. */
export const useIsFeelTried = (): boolean =>
  useDocument(state => state.audition?.label.startsWith(LABEL) ?? false);

/** Changes how a feel is taken, and lets it be heard and seen at once; the groove is as it was until it is kept. */
export function tryFeel(change: Partial<FeelState>): void {
  useFeel.setState(change);
  const { history, selection } = useDocument.getState();
  const choice = chosenTemplate();
  if (!history || !choice) return;
  const { onlySelected, ...dose } = useFeel.getState();
  const ids = onlySelected ? selection : null;
  setAudition({
    pattern: applyTemplate(history.pattern, choice.template, dose, ids),
    label: `${LABEL}${choice.template.name}`,
    gainDecibels: 0,
  });
}

/** Makes the feel that is tried the groove's own, as one undo step; tries it first when it is not. */
export function keepFeel(): void {
  if (!useDocument.getState().audition?.label.startsWith(LABEL)) tryFeel({});
  keepAudition();
}

export const discardFeel = (): void => setAudition(null);

/** Keeps the feel of another groove as a template of the user's own, and chooses it. */
export async function takeFeel(): Promise<void> {
  await attempt('Taking the feel', async () => {
    const { from, base, bars } = useFeel.getState();
    const source = await patternOfSource(from);
    if (!source) return;
    const { name, pattern } = source;
    if (pattern.notes.every(note => note.muted)) {
      notify({ tone: 'info', text: `${name} has no hits that sound: there is no feel to take.` });
      return;
    }
    const template = extractTemplate(pattern, { name: name.slice(0, 80), source: name, base, bars });
    const id = crypto.randomUUID();
    await studio.saveTemplate.mutate({ id, template });
    useLibrary.setState(({ templates }) => ({ templates: [...templates, { id, template }] }));
    useFeel.setState({ chosen: id });
    notify({ tone: 'ok', text: `The feel of ${name} is kept.` });
  });
}

async function patternOfSource(
  from: FeelSource,
): Promise<{ readonly name: string; readonly pattern: Pattern } | null> {
  const { history, name, trackId } = useDocument.getState();
  if (from.kind === 'this') return history && { name, pattern: history.pattern };
  if (from.kind === 'pattern') return useLibrary.getState().patterns.find(({ id }) => id === from.id) ?? null;
  return trackId === null ? null : studio.grooveOfTrack.mutate({ trackId, bars: 'whole' });
}

/** Removes a template of the user's own; the grooves that were played with it keep their feel. */
export async function removeTemplate(templateId: string): Promise<void> {
  await attempt('Removing the template', async () => {
    await studio.removeTemplate.mutate({ templateId });
    useLibrary.setState(({ templates }) => ({ templates: templates.filter(({ id }) => id !== templateId) }));
    if (useFeel.getState().chosen === templateId) useFeel.setState({ chosen: FIRST.chosen });
  });
}
