import { useMemo } from 'react';
import { VARIATION_KINDS } from '#shared/dataset';
import type { DatasetCatalogue } from '#shared/protocol';
import { CheckBox, Segments } from '#renderer/ui';
import { titled } from '../names';
import { ChoiceDialog, type ChoiceGroup } from './choice-dialog';
import { asChosen } from './config-words';
import { setConfig, useDraft } from './draft';

const LEADS = [
  { value: 'both', name: 'Both' },
  { value: 'R', name: 'Right' },
  { value: 'L', name: 'Left' },
] as const;

/** Which rudiments, which hand leads them, and what is made from them besides. */
export function RudimentDialog(props: {
  readonly catalogue: DatasetCatalogue;
  readonly onClose: () => void;
}) {
  const { catalogue, onClose } = props;
  const { config } = useDraft();
  const slugs = catalogue.rudiments.map(({ slug }) => slug);
  const groups = useMemo(() => groupsOf(catalogue), [catalogue]);
  return (
    <ChoiceDialog
      title="Rudiments"
      noun="rudiment"
      groups={groups}
      chosen={new Set(config.rudiments.length === 0 ? slugs : config.rudiments)}
      onTake={chosen => setConfig({ rudiments: asChosen(chosen, slugs) })}
      onClose={onClose}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="text-ink-2">Leading hand</span>
        <Segments
          label="Leading hand"
          value={config.leads}
          choices={LEADS}
          onChange={leads => setConfig({ leads })}
        />
        <span className="flex-1" />
        <span className="text-ink-2">Also</span>
        {VARIATION_KINDS.map(kind => (
          <CheckBox
            key={kind}
            isChosen={config.variations.includes(kind)}
            onChange={isOn =>
              setConfig({
                variations: VARIATION_KINDS.filter(each =>
                  each === kind ? isOn : config.variations.includes(each),
                ),
              })
            }
          >
            {titled(kind.replaceAll('-', ' '))}
          </CheckBox>
        ))}
      </div>
    </ChoiceDialog>
  );
}

function groupsOf({ rudiments }: DatasetCatalogue): readonly ChoiceGroup[] {
  const byCategory = Map.groupBy(rudiments, ({ category }) => category);
  return [...byCategory].map(([category, own]) => ({
    name: `${titled(category)}s`,
    choices: own.map(({ slug, name }) => ({ value: slug, name })),
  }));
}
