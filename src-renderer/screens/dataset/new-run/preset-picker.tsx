import { useState } from 'react';
import type { DatasetCatalogue } from '#shared/protocol';
import { attempt, notify } from '#renderer/state';
import { Button, Dialog, MenuButton, TextField } from '#renderer/ui';
import { studio } from '#renderer/bridge';
import { titled } from '../names';
import { readCatalogue } from './catalogue';
import { type NamedConfig, nameOfConfig, namedConfigs, setConfig, useDraft } from './draft';

const nameShown = ({ name, isOwn }: NamedConfig): string => (isOwn ? name : titled(name));

/** Configurations by name: ours, and those that the user keeps; keeps and removes them. */
export function PresetPicker({ catalogue }: { readonly catalogue: DatasetCatalogue | null }) {
  const { config, fonts } = useDraft();
  const [isNaming, setNaming] = useState(false);
  const named = namedConfigs(catalogue);
  const current = nameOfConfig(config, named);
  const remove = (name: string): void => {
    void attempt('Removing the configuration', async () => {
      await studio.removeDatasetConfig.mutate({ name });
      await readCatalogue(fonts);
    });
  };
  const own = named.filter(({ isOwn }) => isOwn);
  return (
    <>
      <span className="flex-1" />
      <MenuButton
        name={current ? nameShown(current) : 'Custom'}
        label={`Configuration: ${current ? nameShown(current) : 'custom'}`}
        parts={() => [
          {
            name: 'Configurations',
            choices: named.map(each => ({
              id: `${each.isOwn ? 'own' : 'ours'} ${each.name}`,
              name: nameShown(each),
              isOn: each === current,
              // The seed is a choice of its own.
              run: () => setConfig({ ...each.config, seed: config.seed }),
            })),
          },
          {
            name: 'Keeping',
            choices: [
              { id: 'save', name: 'Save as\u2026', run: () => setNaming(true) },
              ...own.map(({ name }) => ({
                id: `remove ${name}`,
                name: `Remove ${name}`,
                run: () => remove(name),
              })),
            ],
          },
        ]}
      />
      {isNaming ? <SaveDialog onClose={() => setNaming(false)} /> : null}
    </>
  );
}

/** Keeps the configuration under a name. */
export function SaveDialog({ onClose }: { readonly onClose: () => void }) {
  const { config, fonts } = useDraft();
  const [name, setName] = useState('');
  const save = async (wanted: string): Promise<void> => {
    const isSaved = await attempt('Saving the configuration', async () => {
      await studio.saveDatasetConfig.mutate({ name: wanted, config });
      await readCatalogue(fonts);
      return true;
    });
    if (!isSaved) return;
    notify({ tone: 'ok', text: `The configuration is saved as ${wanted}.` });
    onClose();
  };
  return (
    <Dialog
      title="Save the configuration"
      isOpen
      onClose={onClose}
      className="w-100"
      footer={
        <>
          <span className="flex-1" />
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" isDisabled={name === ''} onPress={() => void save(name)}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex items-center gap-3 p-5">
        <span className="text-ink-2">Name</span>
        <TextField
          label="Name of the configuration"
          value={name}
          placeholder="snare and full kit"
          className="min-w-0 flex-1"
          onCommit={text => {
            if (text.length > 80) return '80 letters at most';
            setName(text);
            return null;
          }}
        />
      </div>
    </Dialog>
  );
}
