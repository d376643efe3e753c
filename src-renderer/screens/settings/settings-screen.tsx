import { Cpu, Piano } from 'lucide-react';
import { useState } from 'react';
import { openSettings, useLibrary, useView } from '#renderer/state';
import { classNames, Loading } from '#renderer/ui';
import { ImportDialog } from './import-dialog';
import { MidiPanel } from './midi-panel';
import { ModelDetail } from './model-detail';
import { ModelsPanel } from './models-panel';
import { useModels } from './use-models';

const PAGES = [
  { id: 'models', name: 'Models', icon: Cpu },
  { id: 'midi', name: 'MIDI', icon: Piano },
] as const;

/** What holds for the whole studio. */
export function SettingsScreen() {
  const version = useLibrary(state => state.info?.version);
  const { models, problem, readAgain } = useModels();
  const page = useView(state => state.settingsPage);
  const [chosen, setChosen] = useState<string | null>(null);
  const model = models?.find(({ id }) => id === chosen) ?? null;
  return (
    <>
      <nav aria-label="Settings" className="flex w-50 shrink-0 flex-col border-r border-line bg-bg-1 pt-2">
        {PAGES.map(({ id, name, icon: Icon }) => (
          <button
            key={id}
            type="button"
            aria-current={page === id ? 'page' : undefined}
            onClick={() => openSettings(id)}
            className={classNames(
              'focus-ring mx-2 flex h-8 items-center gap-2.5 rounded-r2 px-2',
              page === id ? 'bg-bg-2 font-semibold' : 'text-ink-2 hover:bg-bg-2',
            )}
          >
            <Icon size={16} strokeWidth={1.4} aria-hidden="true" />
            {name}
          </button>
        ))}
        <span className="flex-1" />
        <p className="p-3 text-ink-3">
          Backbeat {version}
          <br />
          No account, no telemetry
        </p>
      </nav>
      {page === 'midi' ? (
        <MidiPanel />
      ) : models || problem !== null ? (
        <ModelsPanel
          models={models ?? []}
          problem={problem}
          onReadAgain={readAgain}
          chosen={model?.id ?? null}
          onChoose={setChosen}
        />
      ) : (
        <Loading label="Reading the models" />
      )}
      {model && page === 'models' ? (
        <ModelDetail key={model.id} model={model} onClose={() => setChosen(null)} />
      ) : null}
      <ImportDialog />
    </>
  );
}
