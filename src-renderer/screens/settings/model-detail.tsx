import { X } from 'lucide-react';
import { useState } from 'react';
import { studio } from '#renderer/bridge';
import { attempt, notify, useLibrary } from '#renderer/state';
import { Button, Dialog, Fact, fileSize, IconButton } from '#renderer/ui';
import type { ModelCard } from '#shared/protocol';
import { choiceOf, faultOf, knownLine, sourceLine } from './model-words';

/** Everything that is known of one model, and what can be done with it. */
export function ModelDetail({ model, onClose }: { readonly model: ModelCard; readonly onClose: () => void }) {
  const info = useLibrary(state => state.info);
  const [isAsking, setAsking] = useState(false);
  const choice = choiceOf(model.task);
  const isUsed = choice !== null && info?.[choice.setting] === model.id;
  const use = ({ changing, setting }: NonNullable<typeof choice>): void => {
    void attempt(changing, () => studio.saveSetting.mutate({ name: setting, value: model.id }));
  };
  return (
    <aside
      aria-label={model.name}
      data-panel=""
      className="flex w-80 shrink-0 flex-col border-l border-line bg-bg-1"
    >
      <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3">
        <h2 className="min-w-0 flex-1 truncate type-title" title={model.name}>
          {model.name}
        </h2>
        <IconButton small label="Close the details" onPress={onClose}>
          <X size={14} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto" role="region" aria-label="Details" tabIndex={0}>
        <dl className="border-b border-line p-3">
          <Fact name="Kind">{sourceLine(model)}</Fact>
          {model.contract === null ? null : <Fact name="Contract">{model.contract}</Fact>}
          {model.stems.length === 0 ? null : <Fact name="Stems">{model.stems.join(', ')}</Fact>}
          <Fact name="From">
            <span title={model.origin}>{model.origin}</span>
          </Fact>
          {model.addedAt === null ? null : <Fact name="Imported">{dateOf(model.addedAt)}</Fact>}
        </dl>
        {model.figures.length === 0 ? null : (
          <Part title="Measured">
            <ul className="flex flex-col gap-1 text-ink-2">
              {model.figures.map(figure => (
                <li key={figure}>{figure}</li>
              ))}
            </ul>
          </Part>
        )}
        <Part title="Licence">
          <div className="rounded-r3 border border-line bg-bg-0 px-4 py-3.5 text-ink-2 select-text">
            <p className="font-semibold text-ink-1">{model.licence}</p>
            {model.notice === null ? null : <p className="mt-2.5">{model.notice}</p>}
          </div>
        </Part>
        {model.sha256 === null ? null : (
          <Part title="Checksum">
            {model.source === 'imported' ? <p className="mb-1 text-ink-2">{knownLine(model)}</p> : null}
            <p className="type-mono break-all text-ink-2 select-text">{model.sha256}</p>
          </Part>
        )}
        {model.failure === null ? null : (
          <Part title="What is wrong">
            <p className="break-words text-bad">{faultOf(model)}</p>
          </Part>
        )}
        {choice ? (
          <Part title="When it is used">
            <p className="text-ink-2">{choice.when}</p>
          </Part>
        ) : null}
      </div>
      {model.source === 'imported' || choice ? (
        <div className="flex h-14 shrink-0 items-center gap-2 border-t border-line px-3">
          {model.source === 'imported' ? (
            <Button look="danger" onPress={() => setAsking(true)}>
              Remove
            </Button>
          ) : null}
          {choice ? (
            <Button
              look="primary"
              wide
              isDisabled={isUsed || model.failure !== null}
              onPress={() => use(choice)}
            >
              {isUsed ? choice.used : choice.use}
            </Button>
          ) : null}
        </div>
      ) : null}
      <RemoveDialog model={model} isOpen={isAsking} onClose={() => setAsking(false)} />
    </aside>
  );
}

const dateOf = (iso: string): string =>
  new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section aria-label={title} className="border-b border-line p-3 last:border-b-0">
      <h3 className="mb-2 type-strong">{title}</h3>
      {children}
    </section>
  );
}

interface RemoveDialogProps {
  readonly model: ModelCard;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function RemoveDialog({ model, isOpen, onClose }: RemoveDialogProps) {
  const remove = (): void => {
    onClose();
    void attempt('Removing the model', async () => {
      await studio.removeModel.mutate({ id: model.id });
      notify({ tone: 'ok', text: `${model.name} was removed. What it made stays.` });
    });
  };
  return (
    <Dialog
      title="Remove the model"
      isOpen={isOpen}
      onClose={onClose}
      className="w-110"
      footer={
        <>
          <span className="flex-1" />
          <Button onPress={onClose}>Keep it</Button>
          <Button look="danger" onPress={remove}>
            Remove {fileSize(model.bytes)}
          </Button>
        </>
      }
    >
      <div className="p-5">
        <p className="break-words">
          <b className="font-semibold">{model.name}</b> is deleted from the library. Stems and hits that it
          made stay; the file that you imported it from is not touched.
        </p>
        <p className="mt-2 text-ink-2">
          The bundled model does its work from now on unless you choose another.
        </p>
      </div>
    </Dialog>
  );
}
