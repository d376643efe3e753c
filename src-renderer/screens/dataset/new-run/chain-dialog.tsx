import { PRESET_NAMES } from '#shared/augment';
import { Message, Segments } from '#renderer/ui';
import { titled } from '../names';
import { ChoiceDialog } from './choice-dialog';
import { setConfig, useDraft } from './draft';

const GROUPS = [
  {
    name: 'Rooms and microphones',
    choices: PRESET_NAMES.map(value => ({ value, name: titled(value) })),
  },
] as const;

/** Which rooms, microphones and chains recordings are made with. */
export function ChainDialog({ onClose }: { readonly onClose: () => void }) {
  const { config } = useDraft();
  return (
    <ChoiceDialog
      title="Rooms and mics"
      noun="chain"
      groups={GROUPS}
      chosen={new Set(config.augmentation_presets)}
      onTake={chosen =>
        setConfig({ augmentation_presets: PRESET_NAMES.filter(preset => chosen.has(preset)) })
      }
      onClose={onClose}
    >
      <div className="flex items-center gap-3">
        <span className="text-ink-2">Recordings</span>
        <Segments
          label="Recordings"
          value={config.apply_augmentation ? 'roomy' : 'dry'}
          choices={[
            { value: 'roomy', name: 'In these rooms' },
            { value: 'dry', name: 'Dry' },
          ]}
          onChange={value =>
            setConfig({
              apply_augmentation: value === 'roomy',
              // What stands in no room has no steps to follow it.
              ...(value === 'dry' ? { transforms: [] } : {}),
            })
          }
        />
      </div>
      {config.apply_augmentation ? null : (
        <Message tone="info">
          Dry: the kit alone, brought to one level. The choice below is kept for later.
        </Message>
      )}
    </ChoiceDialog>
  );
}
