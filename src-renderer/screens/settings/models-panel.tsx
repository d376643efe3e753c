import { FolderOpen } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { RadioGroup } from 'react-aria-components';
import { studio } from '#renderer/bridge';
import { attempt, useLibrary } from '#renderer/state';
import { Button, classNames, Message } from '#renderer/ui';
import type { ModelCard } from '#shared/protocol';
import { ImportStrip } from './import-strip';
import { takeModelByDialog, takeModelFiles, useModelImport } from './model-import';
import { ModelRow } from './model-row';
import { choiceOf, faultOf, isOfNoGroup, TASKS } from './model-words';

interface ModelsPanelProps {
  readonly models: readonly ModelCard[];
  readonly problem: string | null;
  readonly onReadAgain: () => void;
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

/** All models by what they do, and the way in for others. */
export function ModelsPanel({ models, problem, onReadAgain, chosen, onChoose }: ModelsPanelProps) {
  const [isOver, setOver] = useState(false);
  const spoilt = models.filter(model => model.failure);
  const others = models.filter(isOfNoGroup);
  const groups = TASKS.map(({ title, tasks }) => ({
    title,
    own: models.filter(({ task }) => tasks.includes(task)),
  }));
  return (
    <section
      aria-label="Models"
      data-panel=""
      data-drop=""
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        setOver(false);
        void takeModelFiles([...event.dataTransfer.files]);
      }}
      className={classNames(
        'flex min-w-0 flex-1 flex-col',
        isOver && 'bg-select-wash outline-1 -outline-offset-4 outline-ink-1 outline-dashed',
      )}
    >
      <div className="flex shrink-0 items-center gap-4 px-6 pt-5 pb-4">
        <div className="min-w-0 flex-1">
          <h1 className="type-display">Models</h1>
          <p className="text-ink-2">
            Everything works offline with the bundled models. Others are your choice, after you have read
            their licence.
          </p>
        </div>
        <ImportButton />
      </div>
      <div
        className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-6 pb-6"
        role="region"
        aria-label="List of models"
        tabIndex={0}
      >
        <ImportStrip />
        {problem === null ? null : (
          <Message
            tone="bad"
            actions={
              <Button small look="line" onPress={onReadAgain}>
                Try again
              </Button>
            }
          >
            The models could not be read: {problem}
          </Message>
        )}
        {spoilt.map(model => (
          <Message key={model.id} tone="bad">
            <b className="font-semibold break-all">{model.name} cannot be used.</b> {faultOf(model)}
          </Message>
        ))}
        <div className="rounded-r3 bg-bg-1">
          {groups.map(({ title, own }) => (
            <Group key={title} title={title} models={own} chosen={chosen} onChoose={onChoose} />
          ))}
          <Group title="Others" models={others} chosen={chosen} onChoose={onChoose} />
        </div>
        <p className="text-ink-3">
          Drop an ONNX file here to import it: HTDemucs, Hybrid Demucs, MDX-Net, RoFormer, Spleeter and
          Open-Unmix exports are recognised, Beat This! and CLAP as well. If a model comes in several files
          (weights, the networks and the tokenizer of CLAP), drop all of them.
        </p>
      </div>
    </section>
  );
}

function ImportButton() {
  const field = useRef<HTMLInputElement>(null);
  const isBusy = useModelImport(({ now }) => now.step !== 'none' && now.step !== 'refused');
  const choose = (): void => {
    void attempt('Choosing a model', async () => {
      if (!(await takeModelByDialog())) field.current?.click();
    });
  };
  return (
    <>
      <Button look="line" isDisabled={isBusy} onPress={choose}>
        <FolderOpen size={16} strokeWidth={1.4} aria-hidden="true" />
        Import from disk
      </Button>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label="Model files"
        accept=".onnx,.data,.bin,.json"
        onChange={event => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) void takeModelFiles(files);
        }}
      />
    </>
  );
}

interface GroupProps {
  readonly title: string;
  readonly models: readonly ModelCard[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

function Group({ title, models, chosen, onChoose }: GroupProps) {
  const info = useLibrary(state => state.info);
  const choice = choiceOf(models[0]?.task ?? '');
  if (models.length === 0) return null;
  const usual = choice && { id: info?.[choice.setting] ?? null, verb: choice.verb };
  const rows = models.map(model => (
    <ModelRow
      key={model.id}
      model={model}
      usual={usual}
      isChosen={model.id === chosen}
      onChoose={() => onChoose(model.id)}
    />
  ));
  return (
    <section aria-label={title}>
      <h2 className="px-4 pt-2.5 type-label text-ink-3">{title}</h2>
      {choice ? (
        <RadioGroup
          aria-label={choice.label}
          value={usual?.id ?? null}
          onChange={id => {
            void attempt(choice.changing, () =>
              studio.saveSetting.mutate({ name: choice.setting, value: id }),
            );
          }}
        >
          {rows}
        </RadioGroup>
      ) : (
        rows
      )}
    </section>
  );
}
