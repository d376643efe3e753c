import { Cpu } from 'lucide-react';
import { useState } from 'react';
import { useLibrary } from '#renderer/state';
import { Loading } from '#renderer/ui';
import { ImportDialog } from './import-dialog';
import { ModelDetail } from './model-detail';
import { ModelsPanel } from './models-panel';
import { useModels } from './use-models';

/** What holds for the whole studio. */
export function SettingsScreen() {
  const version = useLibrary(state => state.info?.version);
  const { models, problem, readAgain } = useModels();
  const [chosen, setChosen] = useState<string | null>(null);
  const model = models?.find(({ id }) => id === chosen) ?? null;
  return (
    <>
      <nav aria-label="Settings" className="flex w-50 shrink-0 flex-col border-r border-line bg-bg-1 pt-2">
        <span
          aria-current="page"
          className="mx-2 flex h-8 items-center gap-2.5 rounded-r2 bg-bg-2 px-2 font-semibold"
        >
          <Cpu size={16} strokeWidth={1.4} aria-hidden="true" />
          Models
        </span>
        <span className="flex-1" />
        <p className="p-3 text-ink-3">
          Backbeat {version}
          <br />
          No account, no telemetry
        </p>
      </nav>
      {models || problem !== null ? (
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
      {model ? <ModelDetail key={model.id} model={model} onClose={() => setChosen(null)} /> : null}
      <ImportDialog />
    </>
  );
}
