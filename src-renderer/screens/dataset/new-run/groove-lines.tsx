import { useState } from 'react';
import { SKELETON_STYLE_NAMES, SKELETON_STYLES, type SkeletonStyle } from '#shared/model';
import { ChoiceDialog } from './choice-dialog';
import { asChosen, chosenWords } from './config-words';
import { setConfig, useDraft } from './draft';
import { CountLine, Line, ValueButton } from './line';

const GROUPS = [
  {
    name: 'Styles',
    choices: SKELETON_STYLES.map(value => ({ value, name: SKELETON_STYLE_NAMES[value] })),
  },
];

/** Which full-kit grooves are composed. */
export function GrooveLines() {
  const { config } = useDraft();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Line name="Groove styles">
        <ValueButton
          label="Groove styles"
          value={chosenWords(config.groove_styles, SKELETON_STYLES.length)}
          onPress={() => setOpen(true)}
        />
      </Line>
      <CountLine
        name="Grooves of each"
        label="Grooves of each style"
        value={config.grooves_per_style}
        maximum={1000}
        onCommit={grooves_per_style => setConfig({ grooves_per_style })}
      />
      {isOpen ? (
        <ChoiceDialog
          title="Groove styles"
          noun="style"
          groups={GROUPS}
          chosen={new Set<string>(config.groove_styles.length === 0 ? SKELETON_STYLES : config.groove_styles)}
          onTake={chosen =>
            setConfig({
              groove_styles: SKELETON_STYLES.filter((style: SkeletonStyle) =>
                asChosen(chosen, SKELETON_STYLES).includes(style),
              ),
            })
          }
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
